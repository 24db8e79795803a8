-- What the agent asks over the Unix socket: which policy is in force, and to put another one into force.
local policies, store = ...

local encode = require("cjson.safe").encode
local dict = ngx.shared.gray

local LOCK = "lock"
local LOCK_SECONDS = 5 -- longer than any put takes; it ends by itself if the worker dies

local control = {}

local function answer(status, text)
  ngx.status = status
  ngx.header["Content-Type"] = "text/plain"
  ngx.print(text)
end

-- GET /state
function control.answer_state()
  store.current()
  local answered = {
    revision = store.revision(),
    acks = store.acknowledged(),
    workers = ngx.worker.count(),
  }
  answer(200, encode(answered))
end

local function body()
  ngx.req.read_body()
  local data = ngx.req.get_body_data()
  if data then
    return data
  end
  local path = ngx.req.get_body_file()
  local file = path and io.open(path, "rb")
  local text = file and file:read("*a") or ""
  if file then
    file:close()
  end
  return text
end

local function put(text)
  local policy, problem = policies.compile(text)
  if not policy then
    return answer(422, problem)
  end
  if policy.unknown_upstream then
    return answer(422, policy.unknown_upstream)
  end
  local current = store.revision()
  if policy.revision <= current then
    return answer(409, "found revision " .. policy.revision .. ", expected one above " .. current)
  end
  local fine, full = store.put(policy.revision, text)
  if not fine then
    return answer(507, "lua_shared_dict gray: " .. full)
  end
  store.current()
  answer(200, "")
end

local function put_alone()
  local text = body()
  if not dict:add(LOCK, true, LOCK_SECONDS) then
    return answer(409, "another policy is being put")
  end
  local fine, problem = pcall(put, text)
  dict:delete(LOCK)
  if not fine then
    answer(500, tostring(problem))
  end
end

-- PUT /policy, and GET for the text in force
function control.answer_policy()
  local method = ngx.req.get_method()
  if method == "PUT" then
    put_alone()
  elseif method == "GET" then
    local text = store.text(store.revision())
    answer(text and 200 or 404, text or "no policy is known")
  else
    answer(405, "found " .. method .. ", expected PUT or GET")
  end
end

return control
