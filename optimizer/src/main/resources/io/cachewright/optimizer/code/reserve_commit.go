// Package cache keeps risk limits without a gap between check and act. Amounts are in minor units, at most 2^53, where
// Lua is exact. A retry of the same order holds once. When the server does not answer, no order goes out.
package cache

import (
	"context"
	"fmt"

	"github.com/redis/go-redis/v9"
)

var reserve = redis.NewScript(`
local order = 'order:' .. ARGV[1]
if redis.call('HEXISTS', KEYS[1], order) == 1 then
  return 1
end
local v = redis.call('HMGET', KEYS[1], 'limit', 'used', 'reserved')
if not v[1] then
  return redis.error_reply('NOLIMIT no limit is set')
end
local taken = tonumber(v[2] or '0') + tonumber(v[3] or '0')
if taken + tonumber(ARGV[2]) > tonumber(v[1]) then
  return 0
end
redis.call('HINCRBY', KEYS[1], 'reserved', ARGV[2])
redis.call('HSET', KEYS[1], order, ARGV[2])
return 1
`)

var settle = redis.NewScript(`
local order = 'order:' .. ARGV[1]
local held = redis.call('HGET', KEYS[1], order)
if not held then
  return 0
end
redis.call('HINCRBY', KEYS[1], 'reserved', '-' .. held)
redis.call('HINCRBY', KEYS[1], 'used', ARGV[2])
redis.call('HDEL', KEYS[1], order)
return 1
`)

// Reserve reports false when the limit would be exceeded.
func Reserve(ctx context.Context, rdb redis.Scripter, account, orderID string, amount int64) (bool, error) {
	return run(ctx, rdb, reserve, account, orderID, amount)
}

// Commit is called when the order was filled for amount; what it held beyond that is free again.
func Commit(ctx context.Context, rdb redis.Scripter, account, orderID string, amount int64) (bool, error) {
	return run(ctx, rdb, settle, account, orderID, amount)
}

// Release is called when the order was rejected or cancelled.
func Release(ctx context.Context, rdb redis.Scripter, account, orderID string) (bool, error) {
	return run(ctx, rdb, settle, account, orderID, 0)
}

func run(ctx context.Context, rdb redis.Scripter, script *redis.Script, account, orderID string,
	amount int64) (bool, error) {
	if amount < 0 || amount > 1<<53 {
		return false, fmt.Errorf("an amount is 0 to 2^53, was %d", amount)
	}
	done, err := script.Run(ctx, rdb, []string{fmt.Sprintf("lim:{%s}", account)}, orderID, amount).Int64()
	return done == 1, err
}
