-- Restores what a wiped Redis had kept about a call that heartbeats have counted again: the data from which its end is
-- published, and the places of an outbound call if its heartbeats do not contain them.
-- KEYS: 1 call  2.. further places
-- ARGV: 1 time  2 call id  3 lease  4 how long a call is remembered  5 card: the data kept about the call  6 time of admission
local known = redis.call('HMGET', KEYS[1], 'state', 'places')
if known[1] ~= 'held' then
  return 0
end
redis.call('HSETNX', KEYS[1], 'card', ARGV[5])
redis.call('HSETNX', KEYS[1], 'admitted', ARGV[6])
local places, has = known[2] and cjson.decode(known[2]) or {}, {}
for _, place in ipairs(places) do
  has[place] = true
end
local lease = clock(ARGV[1]) + ARGV[3]
for i = 2, #KEYS do
  if not has[KEYS[i]] then
    places[#places + 1] = KEYS[i]
    redis.call('ZADD', KEYS[i], lease, ARGV[2])
    redis.call('PEXPIRE', KEYS[i], ARGV[4])
  end
end
redis.call('HSET', KEYS[1], 'places', cjson.encode(places))
return 1
