-- Put before each script. The caller gives the time in milliseconds, or nothing for Redis's own clock.
-- By how much the clock of a replica that takes over may be behind the one before; by more, a clock was set back.
local ahead = 60000
local function clock(given)
  if given ~= '' then
    return tonumber(given)
  end
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end
