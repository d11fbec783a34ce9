-- Writes of one slot together with their log entries, so that no reader ever sees one without the other.
--
-- Each value is preceded by a line that holds its version, the id of its log entry. keys: the keys to write, then the
-- log. args: the most entries to keep in the log, a mark unique to this call, then what each function says.

local function version_of(key)
  local version = string.match(redis.call('GETRANGE', key, 0, 40), '^(%d+%-%d+)\n')
  if version then return version end
  return redis.call('EXISTS', key) == 0 and '0' or 'none'
end

local function log(keys, args, i)
  return redis.call('XADD', keys[#keys], 'MAXLEN', '~', args[1], '*', 'k', keys[i], 'w', args[2] .. ':' .. i)
end

local function write(keys, args, i, ttl, value)
  local id = log(keys, args, i)
  if ttl == '0' then
    redis.call('SET', keys[i], id .. '\n' .. value)
  else
    redis.call('SET', keys[i], id .. '\n' .. value, 'PX', ttl)
  end
  return id
end

-- args: time to live in milliseconds or 0, the version that must be there ('0' for no value, '' for any), the value.
-- Gives 1 and the new version, or 0 and the version that is there.
local function cachewright_put(keys, args)
  if args[4] ~= '' then
    local present = version_of(keys[1])
    if present ~= args[4] then return {'0', present} end
  end
  return {'1', write(keys, args, 1, args[3], args[5])}
end

-- args: time to live, then a value for each key. Gives the new versions.
local function cachewright_put_all(keys, args)
  local versions = {}
  for i = 1, #keys - 1 do
    versions[i] = write(keys, args, i, args[3], args[3 + i])
  end
  return versions
end

-- Gives 1 if there was a value, and the version of its absence.
local function cachewright_delete(keys, args)
  local id = log(keys, args, 1)
  return {tostring(redis.call('UNLINK', keys[1])), id}
end

-- keys: the value, the lease of who loads it, the log. args: the token that the lease must hold, time to live, the
-- value. Gives 1 and the new version, or 0 when the lease is gone or another's.
local function cachewright_fill(keys, args)
  if redis.call('GET', keys[2]) ~= args[3] then return {'0', '0'} end
  redis.call('DEL', keys[2])
  return {'1', write(keys, args, 1, args[4], args[5])}
end

-- keys: the value, the lease of who loads it, the log. Deletes both, so that what is being loaded is not brought in.
local function cachewright_void(keys, args)
  redis.call('UNLINK', keys[2])
  return cachewright_delete(keys, args)
end
