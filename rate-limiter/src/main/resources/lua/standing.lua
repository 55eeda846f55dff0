-- Looks up the state of calls that are reported to hold a slot.
-- KEYS: 1 suite's calls
-- ARGV: 1 time  2 leeway: a lease that expired at most this long ago still counts  3 prefix of calls' keys  4.. calls
-- Returns for each call, in order: "held", "lapsed", "over" (ended or refused), or "unknown".
local held = clock(ARGV[1]) - ARGV[2]
local standings = {}
for i = 4, #ARGV do
  local state = redis.call('HGET', ARGV[3] .. ARGV[i], 'state')
  local lease = redis.call('ZSCORE', KEYS[1], ARGV[i])
  if state and state ~= 'held' then
    standings[#standings + 1] = 'over'
  elseif lease and tonumber(lease) > held then
    standings[#standings + 1] = 'held'
  else
    standings[#standings + 1] = (lease or state) and 'lapsed' or 'unknown'
  end
end
return standings
