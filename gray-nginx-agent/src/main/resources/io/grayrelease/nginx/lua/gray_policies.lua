-- Makes a policy of the text that was pushed: what decides requests, and the servers they go to.
local conditions, values, groups, known_upstreams = ...

local decode = require("cjson.safe").new().decode
local expect = conditions.expect
local UNKNOWN, YES = conditions.UNKNOWN, conditions.YES

local MAX_REVISION = 2 ^ 53

local policies = {}
local NO_TAGS = {}

local names = table.concat(known_upstreams, ", ")
local known = {}
for _, name in ipairs(known_upstreams) do
  known[name] = true
end

local function is_tag(text)
  return type(text) == "string" and #text <= 63 and text:find("^[A-Za-z0-9][A-Za-z0-9._-]*$") ~= nil
end

local function table_of(value, what)
  expect(type(value) == "table", type(value), what)
  return value
end

local function rules_of(pushed, sources)
  local rules = {}
  for i, rule in ipairs(table_of(pushed, "a list of rules")) do
    table_of(rule, "a rule")
    expect(rule.tag == nil or is_tag(rule.tag), tostring(rule.tag), "a tag")
    rules[i] = { holds = conditions.build(rule["if"], sources), tag = rule.tag, stop = rule.stop }
  end
  return rules
end

-- The tags with one more, unless it is there already.
local function with(tags, tag)
  if tags == NO_TAGS then
    return { tag }
  end
  for i = 1, #tags do
    if tags[i] == tag then
      return tags
    end
  end
  tags[#tags + 1] = tag
  return tags
end

-- A function that gives the tags of a request in the order of the rules, or nil if a rule needs more than is known here.
local function decider(rules)
  return function(request)
    local tags = NO_TAGS
    for i = 1, #rules do
      local rule = rules[i]
      local answer = rule.holds(request)
      if answer == UNKNOWN then
        return nil
      elseif answer == YES then
        if not rule.tag then
          return NO_TAGS
        end
        tags = with(tags, rule.tag)
        if rule.stop then
          return tags
        end
      end
    end
    return tags
  end
end

local function tags_of(pushed, sources)
  if pushed.decides == "nothing" then
    return function()
      return nil
    end
  end
  return decider(rules_of(pushed.rules, sources))
end

local function upstream_of(pushed, before)
  table_of(pushed, "an upstream")
  local name = pushed.name
  expect(type(name) == "string", type(name), "the name of an upstream")
  local upstream = { name = name, variable = "gray_upstream_" .. name, peers = "gray_" .. name, tags = {} }
  upstream.baseline = groups.new(table_of(pushed.baseline, "a list of addresses"), before and before.baseline)
  for tag, addresses in pairs(table_of(pushed.tags, "addresses by tag")) do
    expect(is_tag(tag), tostring(tag), "a tag")
    upstream.tags[tag] = groups.new(table_of(addresses, "a list of addresses"), before and before.tags[tag])
  end
  return upstream
end

local function policy_of(text, before)
  local pushed, problem = decode(text)
  expect(type(pushed) == "table", problem or type(pushed), "a policy in JSON")
  local revision = pushed.revision
  local is_revision = type(revision) == "number" and revision % 1 == 0 and revision > 0 and revision < MAX_REVISION
  expect(is_revision, tostring(revision), "a revision")
  local from = table_of(pushed.sources, "sources")
  local sources = {
    uid = values.first_of("uid", table_of(from.uid, "a list of sources")),
    token = values.first_of("token", table_of(from.token, "a list of sources")),
  }
  local policy = { revision = revision, uid = sources.uid, tags = tags_of(pushed, sources), upstreams = {}, upstream = {} }
  for _, upstream in ipairs(table_of(pushed.upstreams, "a list of upstreams")) do
    local built = upstream_of(upstream, before and before.upstream[upstream.name])
    if known[built.name] then
      table.insert(policy.upstreams, built)
      policy.upstream[built.name] = built
    else -- the settings had it when the policy was made
      policy.unknown_upstream = "found the upstream " .. built.name .. ", expected one of " .. names
    end
  end
  return policy
end

-- The policy of a text; or nil and what is wrong with it.
function policies.compile(text, before)
  local fine, policy = pcall(policy_of, text, before)
  if fine then
    return policy
  end
  return nil, tostring(policy)
end

return policies
