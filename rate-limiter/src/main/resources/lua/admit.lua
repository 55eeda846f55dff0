-- Decides on one call: every limit is checked, then everything is counted, and nothing comes between.
-- KEYS: 1 call  2 caller's window  3.. places where calls at once are counted, the suite's last
-- ARGV: 1 time  2 call id  3 caller's limit  4 window  5 lease  6 how long a call is remembered
--       7 how long a refusal is remembered  8 edge  9 leeway: a lease that ran out no longer ago still counts
--       10 what is kept of the call  11.. limit of each place
--       (times in milliseconds; a limit of -1 is none)
-- Returns "<outcome> <retry after> <caller's count> <count of each place>", or "over" if nothing is to be said.
-- The outcome is "admitted", "caller-rate", or "full-<n>" where the n-th place is full.
local known = redis.call('HMGET', KEYS[1], 'state', 'verdict')
if known[1] == 'ended' then
  return 'over'
end
if known[1] then
  -- Decided before: the same question gets the same answer. A call that only heartbeats told of has none.
  return known[2] or 'over'
end

local now, call = clock(ARGV[1]), ARGV[2]
local held = now - ARGV[9]
local limit, window = tonumber(ARGV[3]), tonumber(ARGV[4])

redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now - window)
local caller = redis.call('ZCARD', KEYS[2])
local atOnce = {}
for i = 3, #KEYS do
  if i < #KEYS then
    -- Leases of the suite that ran out stay for lapsed.lua, which says that these calls are over.
    redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', held)
  end
  atOnce[i - 2] = redis.call('ZCOUNT', KEYS[i], '(' .. held, '+inf')
end

local function answer(outcome, retryAfter)
  return table.concat({ outcome, retryAfter, caller, unpack(atOnce) }, ' ')
end

local function refuse(outcome, retryAfter)
  local verdict = answer(outcome, retryAfter)
  redis.call('HSET', KEYS[1], 'state', 'refused', 'verdict', verdict)
  redis.call('PEXPIRE', KEYS[1], ARGV[7])
  return verdict
end

if caller >= limit then
  -- There is room again when as many have left the window as are now too many.
  local leaving = redis.call('ZRANGE', KEYS[2], caller - limit, caller - limit, 'WITHSCORES')
  return refuse('caller-rate', leaving[2] and leaving[2] + window - now or window)
end
for place, count in ipairs(atOnce) do
  local most = tonumber(ARGV[10 + place])
  if most >= 0 and count >= most then
    return refuse('full-' .. place, 0)
  end
end

redis.call('ZADD', KEYS[2], now, call)
redis.call('PEXPIRE', KEYS[2], window)
caller = caller + 1
for i = 3, #KEYS do
  redis.call('ZADD', KEYS[i], now + ARGV[5], call)
  redis.call('PEXPIRE', KEYS[i], ARGV[6])
  atOnce[i - 2] = atOnce[i - 2] + 1
end
local verdict = answer('admitted', 0)
redis.call('HSET', KEYS[1], 'state', 'held', 'verdict', verdict, 'caller', KEYS[2],
  'places', cjson.encode({ unpack(KEYS, 3) }), 'edge', ARGV[8], 'seen', now,
  'admitted', now, 'card', ARGV[10])
redis.call('PEXPIRE', KEYS[1], ARGV[6])
return verdict
