-- Prepended to each script. The caller passes the time in milliseconds, or an empty string for Redis's own clock.
-- Milliseconds by which the clock of a Redis replica that takes over may lag its predecessor's. A larger lag means that a
-- clock was set back.
local ahead = 60000
local function clock(given)
  if given ~= '' then
    return tonumber(given)
  end
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end
