-- The policy in force: its text in the shared dictionary (which outlives a reload of the configuration, not the master), what
-- this worker made of it, and the last good text on disk.
local policies, setup = ...

local ffi = require("ffi")

local dict = assert(ngx.shared.gray, "no lua_shared_dict gray")
local log, ERR, NOTICE = ngx.log, ngx.ERR, ngx.NOTICE

local LAST_GOOD = setup.policy

local store = {}
local policy -- in force in this worker
local refused -- a revision that this worker could not make functions of

-- Counts the times the configuration was loaded: workers of an old one that are shutting down have the same numbers as new ones,
-- and must not speak for them.
local generation = dict:incr("generation", 1, 0)

local function ack_key(worker)
  return "ack:" .. generation .. ":" .. worker
end

function store.revision()
  return dict:get("revision") or 0
end

-- The text that belongs to a revision, or nil. Texts have keys of their own, so that none is lost where a new one does not fit.
function store.text(revision)
  return dict:get("policy:" .. revision)
end

-- Puts a text into force for all workers; or nil and why not.
function store.put(revision, text)
  local before = store.revision()
  local fine, problem = dict:safe_set("policy:" .. revision, text)
  if not fine then
    return nil, problem
  end
  dict:set("revision", revision)
  dict:delete("policy:" .. before)
  return true
end

local function acknowledge(revision)
  local worker = ngx.worker.id()
  if worker then
    dict:set(ack_key(worker), revision)
  end
end

-- The revision that each worker of this configuration has.
function store.acknowledged()
  local all = {}
  for worker = 0, ngx.worker.count() - 1 do
    all[worker + 1] = dict:get(ack_key(worker)) or 0
  end
  return all
end

local function follow(revision)
  local text = store.text(revision)
  if not text then
    return -- it was replaced this moment; the next look finds the new one
  end
  local compiled, problem = policies.compile(text, policy)
  if not compiled then
    refused = revision
    log(ERR, "gray: revision ", revision, " is not used: ", problem)
    return
  end
  policy = compiled
  acknowledge(revision)
  log(NOTICE, "gray: revision ", revision)
end

-- The policy in force, or nil if none is known.
function store.current()
  local revision = dict:get("revision")
  if revision and revision ~= refused and not (policy and policy.revision == revision) then
    follow(revision)
  end
  return policy
end

local function read(path)
  local file = io.open(path, "rb")
  if not file then
    return nil
  end
  local text = file:read("*a")
  file:close()
  return text
end

-- Whether this Nginx serves requests already.
local function is_reload()
  local fine, process = pcall(function()
    ffi.cdef("extern uintptr_t ngx_process;")
    return tonumber(ffi.C.ngx_process)
  end)
  return fine and process == 1 -- the master; one that starts becomes it later
end

-- An Nginx has to start whatever is on disk. One that runs would go from what it does to nothing: it stays as it is instead.
local function not_used(problem)
  local message = "gray: " .. LAST_GOOD .. " is not used: " .. problem
  if store.revision() == 0 and is_reload() then
    error(message, 0)
  end
  log(ERR, message)
end

-- Takes the last good text from disk, unless the dictionary has the same or a newer one: that was pushed since.
function store.load_last_good()
  local text = read(LAST_GOOD)
  if not text then
    return
  end
  local compiled, problem = policies.compile(text)
  if not compiled then
    not_used(problem)
  elseif compiled.revision > store.revision() then
    local fine, full = store.put(compiled.revision, text)
    if not fine then
      not_used("lua_shared_dict gray: " .. full)
    end
  end
end

return store
