-- Returns the calls that hold a slot.
-- KEYS: 1 suite's calls    ARGV: 1 time  2 leeway  3 maximum number of calls
return redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. (clock(ARGV[1]) - ARGV[2]), '+inf', 'LIMIT', 0, ARGV[3])
