-- Carries out one request: see StoreRequest. Its caller puts in the names of the fields.
-- Times are kept in microseconds of this server's clock, and returned in nanoseconds from now.
-- KEYS[1] is the hash. ARGV: channel, sender, version, begun, refused, succeeded, turns,
-- base, growth and probing of the pace; then, for a change, the value of each field.
local fields = {FIELDS}
local is_time = {TIMES}
local key, channel, sender = KEYS[1], ARGV[1], ARGV[2]
local known, begun, refused, succeeded, wanted =
  tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
local base, growth, probing = tonumber(ARGV[8]), tonumber(ARGV[9]), tonumber(ARGV[10])
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local version = tonumber(redis.call('HGET', key, 'version') or '0')
local is_current = known == version
local changed = is_current and #ARGV > 10
local state = {}
local turns = {}

local function text(number)
  return string.format('%.17g', number)
end

local function interval(time)
  local open = math.max(0, time - state.closed_until) / 1000000
  return 1000000 / (base * 2 ^ math.min(growth * open, 30) + probing * open ^ 3)
end

local function give_out_turn()
  local unused = math.max(0, now - interval(now) - state.next_turn)
  local turn = state.next_turn + unused
  state.unused = state.unused + unused * 1000
  state.next_turn = turn + interval(turn)
  state.begun = state.begun + 1
  state.opened = state.opened + 1
  return turn
end

if changed then
  version = math.max(version + 1, now)
  for i, field in ipairs(fields) do
    local value = tonumber(ARGV[10 + i])
    state[field] = is_time[i] and now + value / 1000 or value
  end
elseif version ~= 0 then
  local values = redis.call('HMGET', key, unpack(fields))
  for i, field in ipairs(fields) do
    state[field] = tonumber(values[i] or '0')
  end
end
if version ~= 0 then
  state.refused = state.refused + refused
  state.succeeded = state.succeeded + succeeded
  for _ = 1, begun do
    give_out_turn()
  end
  for _ = 1, is_current and wanted or 0 do
    turns[#turns + 1] = text((give_out_turn() - now) * 1000)
  end
  local values = {}
  for _, field in ipairs(fields) do
    values[#values + 1] = field
    values[#values + 1] = text(state[field])
  end
  redis.call('HSET', key, 'version', text(version), unpack(values))
  redis.call('PEXPIRE', key, text(math.floor(3600000 + math.max(0, state.closed_until - now) / 1000)))
end

-- Who has subscribed is a member: Redis notices itself when a process ends.
local members = redis.call('PUBSUB', 'NUMSUB', channel)[2]
local reply = {text(version), changed and '1' or '0', text(members)}
if version ~= 0 then
  for i, field in ipairs(fields) do
    reply[#reply + 1] = text(is_time[i] and (state[field] - now) * 1000 or state[field])
  end
end
if changed then
  redis.call('PUBLISH', channel, sender .. ' ' .. table.concat(reply, ' '))
end
for _, turn in ipairs(turns) do
  reply[#reply + 1] = turn
end
return table.concat(reply, ' ')
