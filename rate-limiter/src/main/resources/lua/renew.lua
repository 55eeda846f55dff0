-- Handles a heartbeat: restarts the lease in every place. Counts the call again if Redis no longer knows it.
-- KEYS: 1 call  2.. places where it is counted, according to the heartbeat, the suite's last
-- ARGV: 1 time  2 call id  3 lease  4 how long a call is remembered  5 edge  6 relay  7 media statistics, JSON
--       8 time of the phone's last packet, or an empty string
-- Returns "renewed", "rebuilt", or "over" for a call that has ended or was refused.
local known = redis.call('HMGET', KEYS[1], 'state', 'places')
if known[1] and known[1] ~= 'held' then
  return 'over'
end
local now = clock(ARGV[1])
-- Renews the lease in the places where the admission counted the call.
local places = known[2] and cjson.decode(known[2]) or { unpack(KEYS, 2) }
local counted = 0
for _, place in ipairs(places) do
  counted = redis.call('ZADD', place, now + ARGV[3], ARGV[2])
  redis.call('PEXPIRE', place, ARGV[4])
end
redis.call('HSET', KEYS[1], 'state', 'held', 'places', cjson.encode(places),
  'edge', ARGV[5], 'relay', ARGV[6], 'media', ARGV[7], 'seen', now)
if ARGV[8] ~= '' then
  redis.call('HSET', KEYS[1], 'heard', ARGV[8])
end
redis.call('HDEL', KEYS[1], 'claimed')
redis.call('PEXPIRE', KEYS[1], ARGV[4])
if known[1] and counted == 0 then
  return 'renewed'
end
return 'rebuilt'
