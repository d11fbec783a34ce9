// Package cache frees large keys in the background: DEL of a million elements holds up every client.
package cache

import (
	"context"

	"github.com/redis/go-redis/v9"
)

const keysAStep = 500

// Remove reports whether the key was there.
func Remove(ctx context.Context, rdb redis.Cmdable, key string) (bool, error) {
	removed, err := rdb.Unlink(ctx, key).Result()
	return removed == 1, err
}

// RemoveAll removes all keys of a pattern, in steps; for maintenance, never on a request path.
func RemoveAll(ctx context.Context, rdb redis.Cmdable, pattern string) (int64, error) {
	var removed int64
	var cursor uint64
	for {
		keys, next, err := rdb.Scan(ctx, cursor, pattern, keysAStep).Result()
		if err != nil {
			return removed, err
		}
		if len(keys) > 0 {
			n, err := rdb.Unlink(ctx, keys...).Result()
			removed += n
			if err != nil {
				return removed, err
			}
		}
		if cursor = next; cursor == 0 {
			return removed, nil
		}
	}
}
