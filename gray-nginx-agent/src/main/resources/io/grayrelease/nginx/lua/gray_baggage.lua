-- The request's W3C header "baggage": all members of others, and ours with the tags.
local var = ngx.var
local get_headers = ngx.req.get_headers
local byte, char, find, gsub, sub = string.byte, string.char, string.find, string.gsub, string.sub
local concat = table.concat

local OURS = "gray.tag"
local MAX_LENGTH = 8192

local baggage = {}

-- Without spaces and control characters at both ends. (A pattern would try each run of spaces again and again.)
local function trimmed(text)
  local first, last = 1, #text
  while first <= last and byte(text, first) <= 32 do
    first = first + 1
  end
  while first <= last and byte(text, last) <= 32 do
    last = last - 1
  end
  return sub(text, first, last)
end

-- Others decode names, and once more at every hop. From the end, until nothing is left to decode.
local function decoded(name)
  local reversed = {}
  for i = #name, 1, -1 do
    local next = sub(name, i, i)
    while next == "%" and #reversed >= 2 do
      local hex = reversed[#reversed] .. reversed[#reversed - 1]
      if not find(hex, "^%x%x$") then
        break
      end
      next = char(tonumber(hex, 16))
      reversed[#reversed] = nil
      reversed[#reversed] = nil
    end
    reversed[#reversed + 1] = next
  end
  return concat(reversed):reverse()
end

local function is_ours(member)
  local equals = find(member, "=", 1, true)
  local name = equals and sub(member, 1, equals - 1)
  return name and trimmed(gsub(find(name, "%", 1, true) and decoded(name) or name, "+", " ")) == OURS
end

-- The members of others, in one text; empty if there are none.
function baggage.without()
  if not var.http_baggage then
    return ""
  end
  local headers = rawget(get_headers(0), "baggage") or ""
  local all = type(headers) == "table" and concat(headers, ",") or headers
  local members = {}
  for member in all:gmatch("[^,]+") do
    local text = trimmed(member)
    if text ~= "" and not is_ours(member) then
      members[#members + 1] = text
    end
  end
  return concat(members, ",")
end

-- The members of others and ours; without ours where it would be too long.
function baggage.with(tags)
  local others = baggage.without()
  local ours = OURS .. "=" .. gsub(tags, ",", "%%2C")
  local all = others == "" and ours or others .. "," .. ours
  return #all <= MAX_LENGTH and all or others
end

return baggage
