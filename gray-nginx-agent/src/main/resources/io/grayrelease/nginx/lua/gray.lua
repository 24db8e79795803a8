-- Gray for Dubbo in Nginx: gives every request its tags and chooses the server it goes to. Loaded once by init_by_lua, before
-- the workers are forked. The policy comes as JSON through the shared dictionary "gray": each worker makes functions of it once
-- per revision, so that a request costs one look at the revision, and a change of the policy costs no reload.
local setup = ... -- files (where they lie), policy (the last good one, a file), upstreams (their names): see gray-http.conf

local function part(name, ...)
  return assert(loadfile(setup.files .. name .. ".lua"))(...)
end

local integers = part("gray_integers")
local values = part("gray_values")
local conditions = part("gray_conditions", integers, values)
local groups = part("gray_groups")
local policies = part("gray_policies", conditions, values, groups, setup.upstreams)
local store = part("gray_store", policies, setup)
local baggage = part("gray_baggage")
local control = part("gray_control", policies, store)

local var = ngx.var
local log, ERR = ngx.log, ngx.ERR
local pcall, concat = pcall, table.concat

local BASELINE = "-" -- decided: no tag
local UNDECIDED = "" -- the entry behind decides

local gray = { answer_state = control.answer_state, answer_policy = control.answer_policy }

store.load_last_good()

-- The tags of a request, or nil if it is undecided.
local function tags_of(policy, request)
  local fine, tags = pcall(policy.tags, request)
  if not fine then
    log(ERR, "gray: a request stays undecided: ", tags)
    return nil
  end
  return tags
end

-- The servers for a request: those of its first tag that the upstream knows.
local function group_of(upstream, tags)
  for i = 1, tags and #tags or 0 do
    local group = upstream.tags[tags[i]]
    if group then
      return group
    end
  end
  return upstream.baseline
end

-- Decides a request, sets all variables but $gray_tag, and returns that one.
function gray.decide()
  local policy = store.current()
  if not policy then
    var.gray_baggage = baggage.without()
    return UNDECIDED
  end
  local request = values.new_request()
  local tags = tags_of(policy, request)
  local text = not tags and UNDECIDED or #tags == 0 and BASELINE or concat(tags, ",")
  local chosen = {}
  for _, upstream in ipairs(policy.upstreams) do
    local group = group_of(upstream, tags)
    if #group > 0 then
      chosen[upstream.name] = group
      var[upstream.variable] = upstream.peers
    end
  end
  ngx.ctx.gray = chosen
  var.gray_uid = policy.uid(request)
  var.gray_baggage = tags and baggage.with(text) or baggage.without()
  var.gray_revision = policy.revision
  return text
end

-- Chooses the server for one try of a request.
function gray.balance(name)
  local chosen = ngx.ctx.gray
  if not chosen then -- an internal redirect lost what was decided in the location before
    gray.decide()
    chosen = ngx.ctx.gray or {}
  end
  groups.balance(chosen[name] or {})
end

-- Follows the dictionary, so that an idle worker has every revision soon as well.
function gray.start_worker()
  store.current()
  assert(ngx.timer.every(0.2, function(premature)
    if not premature then
      store.current()
    end
  end))
end

return gray
