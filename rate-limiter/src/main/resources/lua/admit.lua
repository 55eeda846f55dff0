-- Decides on one call: checks every limit, then counts everything, atomically.
-- KEYS: 1 call  2 caller's window  then further windows of an outbound call  then places that count concurrent calls, the
--       suite's last
-- ARGV: 1 time  2 call id  3 caller's limit  4 window  5 lease  6 how long a call is remembered
--       7 how long a rejection is remembered  8 edge  9 leeway: a lease that expired at most this long ago still counts
--       10 card: the data kept about the call  11 number of further windows  then limit and length of each
--       then limit of each place
--       (times in milliseconds; a limit of -1 means no limit)
-- Returns "<outcome> <retry after> <caller's count, count of each further window> <count of each place>", or "over" if
-- nothing is to be published. The outcome is "admitted", "caller-rate", "rate-<n>" if the n-th further window has no room,
-- or "full-<n>" if the n-th place is full.
local known = redis.call('HMGET', KEYS[1], 'state', 'verdict')
if known[1] == 'ended' then
  return 'over'
end
if known[1] then
  -- Already decided: the same call gets the same answer. A call that is known only from heartbeats has none.
  return known[2] or 'over'
end

local now, call = clock(ARGV[1]), ARGV[2]
local held = now - ARGV[9]
local rates = tonumber(ARGV[11])
local firstPlace = 3 + rates

-- The windows: the caller's, then the further ones.
local limits, lengths, counts = { tonumber(ARGV[3]) }, { tonumber(ARGV[4]) }, {}
for rate = 1, rates do
  limits[rate + 1] = tonumber(ARGV[10 + 2 * rate])
  lengths[rate + 1] = tonumber(ARGV[11 + 2 * rate])
end
for window = 1, rates + 1 do
  redis.call('ZREMRANGEBYSCORE', KEYS[window + 1], '-inf', now - lengths[window])
  -- Drops entries from a clock that was ahead and was set back, because they may have been counted long ago.
  redis.call('ZREMRANGEBYSCORE', KEYS[window + 1], '(' .. (now + ahead), '+inf')
  counts[window] = redis.call('ZCARD', KEYS[window + 1])
end
local atOnce = {}
for i = firstPlace, #KEYS do
  if i < #KEYS then
    -- The suite's expired leases stay for lapsed.lua, which reports these calls as over.
    redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', held)
  end
  atOnce[i - firstPlace + 1] = redis.call('ZCOUNT', KEYS[i], '(' .. held, '+inf')
end

local function answer(outcome, retryAfter)
  return table.concat({ outcome, retryAfter, table.concat(counts, ','), unpack(atOnce) }, ' ')
end

local function refuse(outcome, retryAfter)
  local verdict = answer(outcome, retryAfter)
  redis.call('HSET', KEYS[1], 'state', 'refused', 'verdict', verdict)
  redis.call('PEXPIRE', KEYS[1], ARGV[7])
  return verdict
end

for window, count in ipairs(counts) do
  local limit, length = limits[window], lengths[window]
  if limit >= 0 and count >= limit then
    -- There is room again when as many calls have left the window as are over the limit now.
    local leaving = redis.call('ZRANGE', KEYS[window + 1], count - limit, count - limit, 'WITHSCORES')
    return refuse(window == 1 and 'caller-rate' or 'rate-' .. (window - 1), leaving[2] and leaving[2] + length - now or length)
  end
end
for place, count in ipairs(atOnce) do
  local most = tonumber(ARGV[11 + 2 * rates + place])
  if most >= 0 and count >= most then
    return refuse('full-' .. place, 0)
  end
end

for window, count in ipairs(counts) do
  redis.call('ZADD', KEYS[window + 1], now, call)
  redis.call('PEXPIRE', KEYS[window + 1], lengths[window])
  counts[window] = count + 1
end
for i = firstPlace, #KEYS do
  redis.call('ZADD', KEYS[i], now + ARGV[5], call)
  redis.call('PEXPIRE', KEYS[i], ARGV[6])
  atOnce[i - firstPlace + 1] = atOnce[i - firstPlace + 1] + 1
end
local verdict = answer('admitted', 0)
redis.call('HSET', KEYS[1], 'state', 'held', 'verdict', verdict, 'caller', KEYS[2],
  'places', cjson.encode({ unpack(KEYS, firstPlace) }), 'edge', ARGV[8], 'seen', now,
  'admitted', now, 'card', ARGV[10])
if rates > 0 then
  redis.call('HSET', KEYS[1], 'rates', cjson.encode({ unpack(KEYS, 3, firstPlace - 1) }))
end
redis.call('PEXPIRE', KEYS[1], ARGV[6])
return verdict
