-- Calls whose lease ran out and was not renewed: nobody has told their end. Whoever asks claims them for a while, so
-- that of several limiters one tells it, and another one if that one dies over it.
-- KEYS: 1 suite's calls
-- ARGV: 1 time  2 grace after the lease  3 how long the claim holds  4 how the keys of calls begin  5 most calls
-- Returns a list of {call id, edge, relay, answered, seen, media}; unknown fields are empty.
local now = clock(ARGV[1])
local lapsed = {}
for _, call in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2], 'LIMIT', 0, ARGV[5])) do
  local key = ARGV[4] .. call
  local lease = redis.call('HMGET', key, 'state', 'edge', 'relay', 'answered', 'seen', 'media', 'claimed')
  if lease[1] ~= 'held' then
    redis.call('ZREM', KEYS[1], call)
  elseif not lease[7] or tonumber(lease[7]) <= now then
    redis.call('HSET', key, 'claimed', now + ARGV[3])
    lapsed[#lapsed + 1] =
      { call, lease[2] or '', lease[3] or '', lease[4] or '', lease[5] or '', lease[6] or '' }
  end
end
return lapsed
