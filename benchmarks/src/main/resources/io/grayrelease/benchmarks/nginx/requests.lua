-- Requests of 1,000 users, by turns; written once, so that wrk has little to do while it measures.
local requests = {}
local last = 0

function init()
  for i = 1, 1000 do
    requests[i] = wrk.format("GET", "/", {
      ["X-Uid"] = tostring(100000 + i * 7919),
      ["X-App"] = i % 2 == 0 and "ios-17" or "web",
    })
  end
end

function request()
  last = last % #requests + 1
  return requests[last]
end
