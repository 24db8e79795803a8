-- Makes functions of conditions. Each takes a request and answers in a logic of three values: a condition that needs what only a
-- call has, or text that Java would read in another encoding, is unknown, and who decides behind knows.
local integers, values = ...

local ffi = require("ffi")
local bit = require("bit")
local find, sub, byte = string.find, string.sub, string.byte
local floor = math.floor
local now = ngx.now

local NO, UNKNOWN, YES = 0, 1, 2 -- so that "and" is the least, "or" the greatest, and "not" is YES - x

pcall(ffi.cdef, "uint32_t ngx_murmur_hash2(const char *data, size_t len);") -- fails if other Lua code has declared it
local murmur2 = ffi.C.ngx_murmur_hash2

local MAX_HASH = 0xffffffff
local BUCKETS = 10000

local conditions = { NO = NO, UNKNOWN = UNKNOWN, YES = YES }
local builders = {}

-- What is wrong with a policy.
local function expect(holds, found, expected)
  if not holds then
    error("found " .. tostring(found) .. ", expected " .. expected, 0)
  end
end

local function list(value, name)
  expect(type(value) == "table", type(value), "a list of " .. name)
  return value
end

-- A function of a condition as it was pushed.
function conditions.build(condition, sources)
  expect(type(condition) == "table", type(condition), "a condition")
  local builder = builders[condition.is]
  expect(builder, "the condition " .. tostring(condition.is), "one that is known")
  return builder(condition, sources)
end

local function constant(answer)
  return function()
    return function()
      return answer
    end
  end
end

builders.always = constant(YES)
builders.never = constant(NO)
builders.unknown = constant(UNKNOWN)

builders["not"] = function(condition, sources)
  local operand = conditions.build(condition.of, sources)
  return function(request)
    return YES - operand(request)
  end
end

local function operands(condition, sources)
  local all = {}
  for i, operand in ipairs(list(condition.of, "conditions")) do
    all[i] = conditions.build(operand, sources)
  end
  return all
end

builders["and"] = function(condition, sources)
  local all = operands(condition, sources)
  return function(request)
    local least = YES
    for i = 1, #all do
      local answer = all[i](request)
      if answer == NO then
        return NO
      end
      least = answer < least and answer or least
    end
    return least
  end
end

builders["or"] = function(condition, sources)
  local all = operands(condition, sources)
  return function(request)
    local greatest = NO
    for i = 1, #all do
      local answer = all[i](request)
      if answer == YES then
        return YES
      end
      greatest = answer > greatest and answer or greatest
    end
    return greatest
  end
end

-- A function that asks a test of a value that is there; without one, the answer is no.
local function on_value(condition, sources, test)
  expect(type(condition.value) == "table", type(condition.value), "a value")
  local read = values.reader(condition.value, sources)
  return function(request)
    local text = read(request)
    return text == "" and NO or test(text)
  end
end

local function answer(holds)
  return holds and YES or NO
end

local function is_ascii(text)
  return not find(text, "[\128-\255]")
end

function builders.has(condition, sources)
  return on_value(condition, sources, constant(YES)())
end

local function bytes_of(hex)
  expect(type(hex) == "string" and find(hex, "^%x+$") and (#hex == 8 or #hex == 32), hex, "4 or 16 bytes in hexadecimal")
  return (hex:gsub("%x%x", function(pair)
    return string.char(tonumber(pair, 16))
  end))
end

-- A test whether an address lies in a network.
local function block(network, prefix)
  local bytes = bytes_of(network)
  expect(type(prefix) == "number" and prefix % 1 == 0 and prefix >= 0 and prefix <= #bytes * 8, prefix, "bits of an address")
  local whole, mask = floor(prefix / 8), bit.band(bit.rshift(0xff00, prefix % 8), 0xff)
  local head, rest = sub(bytes, 1, whole), bit.band(byte(bytes, whole + 1) or 0, mask)
  return function(address)
    return #address == #bytes
      and sub(address, 1, whole) == head
      and (mask == 0 or bit.band(byte(address, whole + 1), mask) == rest)
  end
end

-- A test whether the client's address is one of the addresses or lies in one of the networks.
local function networks(condition)
  local addresses, blocks = {}, {}
  for _, hex in ipairs(list(condition.addresses, "addresses")) do
    addresses[bytes_of(hex)] = true
  end
  for i, written in ipairs(list(condition.blocks, "networks")) do
    blocks[i] = block(written.network, written.prefix)
  end
  return function()
    local address = values.address()
    if not address or addresses[address] then
      return address ~= nil
    end
    for i = 1, #blocks do
      if blocks[i](address) then
        return true
      end
    end
    return false
  end
end

-- One of several texts. "foreign": there were others, not in ASCII; a value that is not either may be one of them.
builders["in"] = function(condition, sources)
  local texts = {}
  for _, text in ipairs(list(condition.texts, "texts")) do
    texts[text] = true
  end
  local in_networks = condition.addresses and networks(condition)
  local foreign = condition.foreign
  local found, other = YES, NO
  if condition.negated then
    found, other = NO, YES
  end
  return on_value(condition, sources, function(text)
    if texts[text] or (in_networks and in_networks()) then
      return found
    end
    return foreign and not is_ascii(text) and UNKNOWN or other
  end)
end

local function parts_of(pattern)
  local parts, from = {}, 1
  while true do
    local star = find(pattern, "*", from, true)
    parts[#parts + 1] = sub(pattern, from, (star or 0) - 1)
    if not star then
      return parts
    end
    from = star + 1
  end
end

-- Whether the parts between the first and the last lie in a text, each at its first place after the one before.
local function has_inner(text, parts, from, last)
  for i = 2, #parts - 1 do
    local _, stop = find(text, parts[i], from, true)
    if not stop or stop > last then
      return false
    end
    from = stop + 1
  end
  return true
end

-- A pattern with stars. One that is not in ASCII is not there: then only a text that is not either may match.
function builders.like(condition, sources)
  if condition.foreign then
    return on_value(condition, sources, function(text)
      return is_ascii(text) and NO or UNKNOWN
    end)
  end
  expect(type(condition.pattern) == "string", type(condition.pattern), "a pattern")
  local parts = parts_of(condition.pattern)
  local first, last = parts[1], parts[#parts]
  return on_value(condition, sources, function(text)
    if #parts == 1 then
      return answer(text == first)
    end
    local inner = #text - #last
    return answer(
      inner >= #first
        and sub(text, 1, #first) == first
        and sub(text, inner + 1) == last
        and has_inner(text, parts, #first + 1, inner)
    )
  end)
end

local function digits(text)
  expect(type(text) == "string" and find(text, "^[0-9]+$"), text, "digits")
  return text
end

function builders.modulo(condition, sources)
  local modulus = digits(condition.modulus)
  expect(find(modulus, "[1-9]"), modulus, "a modulus of at least 1")
  local is_within = integers.remainder(modulus, digits(condition.first), digits(condition.last))
  return on_value(condition, sources, function(text)
    return answer(integers.is_integer(text) and is_within(text))
  end)
end

local comparisons = {
  ["<"] = function(difference)
    return difference < 0
  end,
  ["<="] = function(difference)
    return difference <= 0
  end,
  [">"] = function(difference)
    return difference > 0
  end,
  [">="] = function(difference)
    return difference >= 0
  end,
}

function builders.compare(condition, sources)
  local holds, number = comparisons[condition.operator], condition.number
  expect(holds, condition.operator, "<, <=, > or >=")
  expect(type(number) == "string" and integers.is_integer(number), number, "an integer")
  return on_value(condition, sources, function(text)
    return answer(integers.is_integer(text) and holds(integers.compare(text, number)))
  end)
end

local function bucket(number)
  expect(type(number) == "number" and number % 1 == 0 and number >= 0 and number <= BUCKETS, number, "a bucket")
  return number
end

-- The bucket of "salt:value" lies in [from, to), as nginx's split_clients spreads hashes: bucket b ends below
-- floor((b + 1) * MAX_HASH / BUCKETS), but the last one takes MAX_HASH too. All products are exact in a double.
function builders.hash(condition, sources)
  expect(type(condition.salt) == "string", type(condition.salt), "a salt")
  local from, to, salt = bucket(condition.from), bucket(condition.to), condition.salt .. ":"
  local least = floor(from * MAX_HASH / BUCKETS)
  local bound = to == BUCKETS and MAX_HASH + 1 or floor(to * MAX_HASH / BUCKETS)
  return on_value(condition, sources, function(text)
    if not is_ascii(text) then
      return UNKNOWN
    end
    local key = salt .. text
    local hash = murmur2(key, #key)
    return answer(from < to and hash >= least and hash < bound)
  end)
end

-- The time lies in [from, to), both in milliseconds.
function builders.now(condition)
  local from, to = condition.from, condition.to
  expect(type(from) == "number" and type(to) == "number", type(from), "milliseconds")
  return function()
    local time = floor(now() * 1000 + 0.5)
    return answer(time >= from and time < to)
  end
end

conditions.expect = expect
return conditions
