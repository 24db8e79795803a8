-- Values of a request as rules see them: raw, the first of a name in any case of it. One that is missing or empty is "".
local var = ngx.var
local get_headers = ngx.req.get_headers
local find, lower = string.find, string.lower
local rawget, type = rawget, type
local clear = require("table.clear")

local values = {}

-- What is remembered of the request that is being decided; one table does, for nothing yields while deciding.
local remembered = {}

function values.new_request()
  clear(remembered)
  return remembered
end

-- A function that reads a value once per request.
local function once(key, read)
  return function(request)
    local text = request[key]
    if text == nil then
      text = read(request) or ""
      request[key] = text
    end
    return text
  end
end

-- All headers by their names in lower case; of a header that comes several times, a table. ($http_x would join some of these,
-- from nginx 1.23 on all of them, and does not tell "_" from "-".)
local function all_headers()
  return (get_headers(0))
end

local headers = once("headers", all_headers)

local readers = {}

function readers.header(name)
  name = lower(name)
  return function(request)
    local found = rawget(headers(request), name)
    return type(found) == "table" and found[1] or found
  end
end

function readers.cookie(name)
  local variable = "cookie_" .. name
  return function()
    return var[variable]
  end
end

function readers.param(name)
  local variable = "arg_" .. name
  if find(name, "&", 1, true) then -- no parameter is called so, and nginx would look beyond the end of the query
    return function() end
  end
  return function()
    return var[variable]
  end
end

-- A reader of a header, cookie or parameter.
local function named(source)
  local make, name = readers[source.kind], source.name
  if not make then
    error("found kind " .. tostring(source.kind) .. ", expected header, cookie or param", 0)
  end
  if type(name) ~= "string" or not find(name, "^[ -~]+$") then
    error("found a name of a " .. source.kind .. ", expected one of printable ASCII", 0)
  end
  return once(source.kind .. ":" .. name, make(name))
end

-- A reader of the first of several sources that is not empty.
function values.first_of(key, sources)
  local all = {}
  for i, source in ipairs(sources) do
    all[i] = named(source)
  end
  return once(key, function(request)
    for i = 1, #all do
      local text = all[i](request)
      if text ~= "" then
        return text
      end
    end
  end)
end

local client_address = once("ip", function()
  return var.remote_addr
end)

-- A reader of what a predicate looks at.
function values.reader(value, sources)
  if value.kind == "ip" then
    return client_address
  end
  if value.kind == "uid" or value.kind == "token" then
    return sources[value.kind]
  end
  return named(value)
end

-- The bytes of the client's address, 4 or 16 of them, an IPv4 address in an IPv6 one taken out; nil if it has none.
function values.address()
  local bytes = var.binary_remote_addr
  if #bytes == 16 and find(bytes, "^" .. ("%z"):rep(10) .. "\255\255") then
    return bytes:sub(13)
  end
  return (#bytes == 4 or #bytes == 16) and bytes or nil
end

return values
