// Package cache spreads lifetimes: keys that are written together do not expire together.
package cache

import (
	"context"
	"fmt"
	"math/rand"
	"time"

	"github.com/redis/go-redis/v9"
)

// Spread returns a lifetime around ttl; a share of 0.1 is plus or minus 10 %.
func Spread(ttl time.Duration, share float64) (time.Duration, error) {
	if share < 0 || share >= 1 {
		return 0, fmt.Errorf("share is 0 to below 1, was %v", share)
	}
	spread := time.Duration(float64(ttl) * (1 + share*(2*rand.Float64()-1)))
	if spread < time.Millisecond {
		spread = time.Millisecond
	}
	return spread, nil
}

// PutSpread stores value for about ttl.
func PutSpread(ctx context.Context, rdb redis.Cmdable, key, value string, ttl time.Duration, share float64) error {
	spread, err := Spread(ttl, share)
	if err != nil {
		return err
	}
	return rdb.Set(ctx, key, value, spread).Err()
}
