-- Groups of servers: taken in turn, and one that failed rests.
local balancer = require("ngx.balancer")
local now = ngx.now

local REST = 10 -- seconds, as nginx's fail_timeout

local groups = {}
local resting = {} -- until when, by address

local function is_ipv4(host)
  local octets = { host:match("^(%d%d?%d?)%.(%d%d?%d?)%.(%d%d?%d?)%.(%d%d?%d?)$") }
  for i = 1, #octets do
    if tonumber(octets[i]) > 255 then
      return false
    end
  end
  return #octets == 4
end

local function is_server(host, port)
  return host and (host:sub(1, 1) == "[" or is_ipv4(host)) and tonumber(port) >= 1 and tonumber(port) <= 65535
end

-- A group of addresses; it goes on where the group before it stood, so that changes do not favour the first server.
function groups.new(addresses, before)
  local group = { turn = before and before.turn or ngx.worker.pid() }
  for i, address in ipairs(addresses) do
    local host, port = address:match("^(%[[0-9A-Fa-f:.]+%]):([0-9]+)$")
    if not host then
      host, port = address:match("^([0-9.]+):([0-9]+)$")
    end
    if not is_server(host, port) then
      error("found " .. address .. ", expected an IP address and a port", 0)
    end
    group[i] = { address = address, host = host, port = tonumber(port) }
  end
  return group
end

local function rests(server)
  local till = resting[server.address]
  if till and till <= now() then
    resting[server.address] = nil
    return false
  end
  return till ~= nil
end

-- The next server in turn that does not rest; if all do, the next.
local function next_in_turn(group)
  for _ = 1, #group do
    group.turn = group.turn + 1
    if not rests(group[group.turn % #group + 1]) then
      break
    end
  end
  return group.turn % #group
end

-- A place after the one that failed, for the next try: no server is tried twice before all were.
local function next_after(group, place)
  for step = 1, #group - 1 do
    local candidate = (place + step) % #group
    if not rests(group[candidate + 1]) then
      return candidate
    end
  end
  return (place + 1) % #group
end

-- Tells nginx which server takes this try.
function groups.balance(group)
  if #group == 0 then
    return ngx.exit(ngx.ERROR)
  end
  local ctx = ngx.ctx
  local failure = balancer.get_last_failure()
  local place
  if failure then
    place = ctx.gray_place or 0
    if failure == "failed" and group[place + 1] then
      resting[group[place + 1].address] = now() + REST
    end
    place = next_after(group, place)
  else
    place = next_in_turn(group)
    if #group > 1 then
      balancer.set_more_tries(#group - 1)
    end
  end
  ctx.gray_place = place
  local server = group[place + 1]
  assert(balancer.set_current_peer(server.host, server.port))
end

return groups
