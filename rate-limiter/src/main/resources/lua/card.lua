-- Looks up the data kept about a call that holds a slot.
-- KEYS: 1 call
-- Returns {card, time of admission}, each empty if unknown; returns an empty list for a call that holds no slot.
local call = redis.call('HMGET', KEYS[1], 'state', 'card', 'admitted')
return call[1] == 'held' and { call[2] or '', call[3] or '' } or {}
