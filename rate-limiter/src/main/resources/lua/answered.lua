-- Notes when a call was answered, so that its end can be told even if its edge is gone.
-- KEYS: 1 call    ARGV: 1 time
if redis.call('HGET', KEYS[1], 'state') == 'held' then
  redis.call('HSETNX', KEYS[1], 'answered', clock(ARGV[1]))
  return 1
end
return 0
