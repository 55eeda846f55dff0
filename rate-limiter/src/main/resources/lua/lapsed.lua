-- Returns calls whose lease expired without renewal, and whose end no service has published. The limiter that asks claims
-- them for a while. So only one of several limiters publishes the end, and another does if the first dies before that.
-- KEYS: 1 suite's calls
-- ARGV: 1 time  2 grace after the lease  3 how long the claim holds  4 prefix of calls' keys  5 maximum number of calls
-- Returns a list of {call id, edge, relay, card, answered, seen, heard, agent, media}; unknown fields are empty.
local now = clock(ARGV[1])
-- Restarts leases from a clock that was ahead and was set back. The grace is as long as a lease.
for _, call in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. (now + ARGV[2] + ahead), '+inf', 'LIMIT', 0, ARGV[5])) do
  redis.call('ZADD', KEYS[1], now + ARGV[2], call)
end
local lapsed = {}
for _, call in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2], 'LIMIT', 0, ARGV[5])) do
  local key = ARGV[4] .. call
  local lease = redis.call('HMGET', key, 'state', 'claimed', 'edge', 'relay', 'card', 'answered', 'seen', 'heard', 'agent', 'media')
  if lease[1] ~= 'held' then
    redis.call('ZREM', KEYS[1], call)
  elseif not lease[2] or tonumber(lease[2]) <= now then
    redis.call('HSET', key, 'claimed', now + ARGV[3])
    local told = { call }
    for field = 3, 10 do
      told[#told + 1] = lease[field] or ''
    end
    lapsed[#lapsed + 1] = told
  end
end
return lapsed
