-- The call is over: its slot is free, and what is left is a note that it is over, so that an event that comes late
-- does not take a slot again.
-- KEYS: 1 call  2 suite's calls
-- ARGV: 1 call id  2 how long the note stays, in milliseconds
-- Returns 1 if a slot was freed.
local lease = redis.call('HMGET', KEYS[1], 'state', 'number', 'organisation')
local freed = redis.call('ZREM', KEYS[2], ARGV[1])
if lease[1] == 'held' then
  redis.call('ZREM', lease[2], ARGV[1])
  redis.call('ZREM', lease[3], ARGV[1])
end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'state', 'ended')
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return freed
