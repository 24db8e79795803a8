-- Decimal integers of any length, as text: -?[0-9]+. Numbers of Lua are doubles, exact up to 2^53 only.
local find, match, sub, rep = string.find, string.match, string.sub, string.rep
local floor, tonumber = math.floor, tonumber

local EXACT = 2 ^ 53
local LIMB_DIGITS = 7 -- of a number that is too long for a double; the product of two limbs is exact
local LIMB = 10 ^ LIMB_DIGITS

local integers = {}

function integers.is_integer(text)
  return find(text, "^%-?[0-9]+$") ~= nil
end

-- The digits without sign and leading zeros; empty for zero.
local function magnitude(integer)
  return match(integer, "^%-?0*([0-9]*)$")
end

local function sign(integer, digits)
  return digits == "" and 0 or sub(integer, 1, 1) == "-" and -1 or 1
end

-- Negative, zero or positive, as the first is less than, equal to or greater than the second.
function integers.compare(integer, other)
  local a, b = magnitude(integer), magnitude(other)
  local sign_a, sign_b = sign(integer, a), sign(other, b)
  if sign_a ~= sign_b then
    return sign_a - sign_b
  end
  if #a ~= #b then
    return (#a - #b) * sign_a
  end
  return a == b and 0 or a < b and -sign_a or sign_a
end

-- Digits filled up with zeros from the left, to a multiple of a width.
local function padded(digits, width)
  return rep("0", -#digits % width) .. digits
end

-- A test of integer mod modulus, for a modulus whose remainders can be taken on with the next digits in a double.
local function short_remainder(modulus, first, last)
  local width = 1
  while width < LIMB_DIGITS and modulus * 10 ^ (width + 1) <= EXACT do
    width = width + 1
  end
  local shift = 10 ^ width
  return function(integer)
    local digits = padded(magnitude(integer), width)
    local remainder = 0
    for i = 1, #digits, width do
      remainder = (remainder * shift + tonumber(sub(digits, i, i + width - 1))) % modulus
    end
    if remainder > 0 and sub(integer, 1, 1) == "-" then
      remainder = modulus - remainder -- the floor modulus
    end
    return remainder >= first and remainder <= last
  end
end

-- The limbs of a number, the lowest first; at least so many.
local function limbs(digits, count)
  local text = padded(digits, LIMB_DIGITS)
  local result = {}
  for i = #text - LIMB_DIGITS + 1, 1, -LIMB_DIGITS do
    result[#result + 1] = tonumber(sub(text, i, i + LIMB_DIGITS - 1))
  end
  for i = #result + 1, count do
    result[i] = 0
  end
  return result
end

-- As compare, for limbs of one length; the first may have one limb more.
local function compare_limbs(a, b)
  for i = #b + 1, 1, -1 do
    local difference = (a[i] or 0) - (b[i] or 0)
    if difference ~= 0 then
      return difference
    end
  end
  return 0
end

-- a := a - factor * b; the highest limb of a takes what is borrowed, and may become negative.
local function subtract(a, b, factor)
  local borrowed = 0
  for i = 1, #b do
    local limb = a[i] - factor * b[i] - borrowed
    borrowed = -floor(limb / LIMB)
    a[i] = limb + borrowed * LIMB
  end
  a[#b + 1] = (a[#b + 1] or 0) - borrowed
end

-- remainder := (remainder * LIMB + limb) mod modulus, by long division: the quotient is guessed of the highest limbs, and the guess
-- is put right.
local function take_on(remainder, limb, modulus)
  local count = #modulus
  for i = count, 1, -1 do
    remainder[i + 1] = remainder[i]
  end
  remainder[1] = limb
  local high = (remainder[count + 1] * LIMB + remainder[count]) * LIMB + remainder[count - 1]
  subtract(remainder, modulus, floor(high / (modulus[count] * LIMB + modulus[count - 1])))
  while remainder[count + 1] < 0 do
    subtract(remainder, modulus, -1)
  end
  while compare_limbs(remainder, modulus) >= 0 do
    subtract(remainder, modulus, 1)
  end
end

-- The same test for any modulus of more than a limb.
local function long_remainder(modulus, first, last)
  modulus = limbs(modulus, 2)
  first, last = limbs(first, #modulus), limbs(last, #modulus)
  return function(integer)
    local remainder = limbs("", #modulus)
    local digits = padded(magnitude(integer), LIMB_DIGITS)
    for i = 1, #digits, LIMB_DIGITS do
      take_on(remainder, tonumber(sub(digits, i, i + LIMB_DIGITS - 1)), modulus)
    end
    if sub(integer, 1, 1) == "-" and compare_limbs(remainder, limbs("", #modulus)) > 0 then
      local floored = { unpack(modulus) }
      subtract(floored, { unpack(remainder, 1, #modulus) }, 1)
      remainder = floored
    end
    return compare_limbs(remainder, first) >= 0 and compare_limbs(remainder, last) <= 0
  end
end

-- A test whether an integer mod modulus lies in [first, last]: three digits without signs, the modulus at least 1.
function integers.remainder(modulus, first, last)
  modulus, first, last = magnitude(modulus), magnitude(first), magnitude(last)
  if #modulus <= 14 then -- less than EXACT / 10
    return short_remainder(tonumber(modulus), tonumber(first) or 0, tonumber(last) or 0)
  end
  return long_remainder(modulus, first, last)
end

return integers
