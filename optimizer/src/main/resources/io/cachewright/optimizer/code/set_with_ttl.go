// Package cache sets value and lifetime in one command: no crash in between leaves a key that never expires.
package cache

import (
	"context"
	"time"

	"github.com/redis/go-redis/v9"
)

// Put stores value for ttl.
func Put(ctx context.Context, rdb redis.Cmdable, key, value string, ttl time.Duration) error {
	return rdb.Set(ctx, key, value, ttl).Err()
}

// ReplaceKeepingTTL keeps the lifetime, which a plain SET would drop.
func ReplaceKeepingTTL(ctx context.Context, rdb redis.Cmdable, key, value string) error {
	return rdb.Set(ctx, key, value, redis.KeepTTL).Err()
}

// PutIfAbsent is true for the one caller that came first, for example with an order's idempotency key.
func PutIfAbsent(ctx context.Context, rdb redis.Cmdable, key, value string, ttl time.Duration) (bool, error) {
	return rdb.SetNX(ctx, key, value, ttl).Result()
}
