-- Decides on one call: every limit is checked, then everything is counted, and nothing comes between.
-- KEYS: 1 call  2 caller's window  3 number's calls  4 organisation's calls  5 suite's calls
-- ARGV: 1 time  2 call id  3 caller's limit  4 window  5 number's limit  6 organisation's limit  7 suite's limit
--       8 lease  9 how long a call is remembered  10 how long a refusal is remembered  11 edge
--       (times in milliseconds; a limit of -1 is none)
-- Returns "<outcome> <caller> <number> <organisation> <suite> <retry after>", or "over" if nothing is to be said.
local known = redis.call('HMGET', KEYS[1], 'state', 'verdict')
if known[1] == 'ended' then
  return 'over'
end
if known[1] then
  -- Decided before: the same question gets the same answer. A call that only heartbeats told of has none.
  return known[2] or 'over'
end

local now = clock(ARGV[1])
local call = ARGV[2]
local callerLimit, window = tonumber(ARGV[3]), tonumber(ARGV[4])
local numberLimit, organisationLimit, suiteLimit = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
local expiry = now + tonumber(ARGV[8])

redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now - window)
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now)
redis.call('ZREMRANGEBYSCORE', KEYS[4], '-inf', now)
local caller = redis.call('ZCARD', KEYS[2])
local number = redis.call('ZCARD', KEYS[3])
local organisation = redis.call('ZCARD', KEYS[4])
-- Leases of the suite that ran out stay for lapsed.lua, which says that these calls are over.
local suite = redis.call('ZCOUNT', KEYS[5], '(' .. now, '+inf')

local function full(count, limit)
  return limit >= 0 and count >= limit
end

local function answer(outcome, retryAfter)
  return table.concat({ outcome, caller, number, organisation, suite, retryAfter }, ' ')
end

local function refuse(outcome, retryAfter)
  local verdict = answer(outcome, retryAfter)
  redis.call('HSET', KEYS[1], 'state', 'refused', 'verdict', verdict)
  redis.call('PEXPIRE', KEYS[1], ARGV[10])
  return verdict
end

if full(caller, callerLimit) then
  -- There is room again when as many have left the window as are now too many.
  local leaving = redis.call('ZRANGE', KEYS[2], caller - callerLimit, caller - callerLimit, 'WITHSCORES')
  local retryAfter = window
  if leaving[2] then
    retryAfter = tonumber(leaving[2]) + window - now
  end
  return refuse('caller-rate', retryAfter)
end
if full(number, numberLimit) then
  return refuse('number-busy', 0)
end
if full(organisation, organisationLimit) then
  return refuse('organisation-busy', 0)
end
if full(suite, suiteLimit) then
  return refuse('suite-full', 0)
end

redis.call('ZADD', KEYS[2], now, call)
redis.call('PEXPIRE', KEYS[2], window)
for i = 3, 5 do
  redis.call('ZADD', KEYS[i], expiry, call)
  redis.call('PEXPIRE', KEYS[i], ARGV[9])
end
caller, number, organisation, suite = caller + 1, number + 1, organisation + 1, suite + 1
local verdict = answer('admitted', 0)
redis.call('HSET', KEYS[1], 'state', 'held', 'verdict', verdict, 'number', KEYS[3], 'organisation', KEYS[4],
  'edge', ARGV[11], 'seen', now)
redis.call('PEXPIRE', KEYS[1], ARGV[9])
return verdict
