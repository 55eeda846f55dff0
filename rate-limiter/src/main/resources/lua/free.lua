-- The call is over: its slot is free in every place, and what is left is a note that it is over, so that an event that
-- comes late does not take a slot again.
-- KEYS: 1 call  2 suite's calls
-- ARGV: 1 call id  2 how long the note stays, in milliseconds  3 "given-back" if the windows are not to count it
-- Returns 1 if a slot was freed.
local known = redis.call('HMGET', KEYS[1], 'places', 'caller', 'rates')
local freed = redis.call('ZREM', KEYS[2], ARGV[1])
for _, place in ipairs(known[1] and cjson.decode(known[1]) or {}) do
  redis.call('ZREM', place, ARGV[1])
end
if ARGV[3] == 'given-back' then
  if known[2] then
    redis.call('ZREM', known[2], ARGV[1])
  end
  for _, window in ipairs(known[3] and cjson.decode(known[3]) or {}) do
    redis.call('ZREM', window, ARGV[1])
  end
end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'state', 'ended')
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return freed
