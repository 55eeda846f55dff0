-- Records facts about a call that holds a slot, from which its end can be published even if its edge and relay are gone.
-- KEYS: 1 call    ARGV: 1 "first" keeps values recorded earlier  2.. fields and values
if redis.call('HGET', KEYS[1], 'state') ~= 'held' then
  return 0
end
for i = 2, #ARGV, 2 do
  redis.call(ARGV[1] == 'first' and 'HSETNX' or 'HSET', KEYS[1], ARGV[i], ARGV[i + 1])
end
return 1
