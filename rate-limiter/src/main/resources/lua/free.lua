-- Releases the slot of a call that is over, in every place. A note that the call is over remains, so a late event does not
-- acquire a slot again.
-- KEYS: 1 call  2 suite's calls
-- ARGV: 1 call id  2 how long the note stays, in milliseconds  3 "given-back" if the windows must not count the call
-- Returns 1 if a slot was released.
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
