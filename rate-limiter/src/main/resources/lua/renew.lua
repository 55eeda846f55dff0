-- A heartbeat: the lease begins anew. A call that Redis does not know any more is counted again.
-- KEYS: 1 call  2 number's calls  3 organisation's calls  4 suite's calls
-- ARGV: 1 time  2 call id  3 lease  4 how long a call is remembered  5 edge  6 relay  7 media statistics, JSON
-- Returns "renewed", "rebuilt", or "over" for a call that has ended or was refused.
local state = redis.call('HGET', KEYS[1], 'state')
if state and state ~= 'held' then
  return 'over'
end
local now = clock(ARGV[1])
local counted = 0
for i = 2, 4 do
  counted = redis.call('ZADD', KEYS[i], now + tonumber(ARGV[3]), ARGV[2])
  redis.call('PEXPIRE', KEYS[i], ARGV[4])
end
redis.call('HSET', KEYS[1], 'state', 'held', 'number', KEYS[2], 'organisation', KEYS[3],
  'edge', ARGV[5], 'relay', ARGV[6], 'media', ARGV[7], 'seen', now)
redis.call('HDEL', KEYS[1], 'claimed')
redis.call('PEXPIRE', KEYS[1], ARGV[4])
if state and counted == 0 then
  return 'renewed'
end
return 'rebuilt'
