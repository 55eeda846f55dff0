-- What is kept of a call that holds a slot.
-- KEYS: 1 call
-- Returns {card, when it was admitted}, each empty where it is not known; nothing for a call that holds none.
local call = redis.call('HMGET', KEYS[1], 'state', 'card', 'admitted')
return call[1] == 'held' and { call[2] or '', call[3] or '' } or {}
