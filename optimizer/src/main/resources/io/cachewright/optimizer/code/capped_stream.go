// Package cache keeps the tape as a stream with a cap by count on each write and by age now and then.
package cache

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"
)

func tape(instrument string) string { return fmt.Sprintf("md:{%s}:tr", instrument) }

// AddTrade trims by whole nodes: cheap, and at most one node too much stays.
func AddTrade(ctx context.Context, rdb redis.Cmdable, instrument string, price, quantity, tradesMax int64) error {
	return rdb.XAdd(ctx, &redis.XAddArgs{
		Stream: tape(instrument),
		MaxLen: tradesMax,
		Approx: true,
		Values: []interface{}{"p", price, "q", quantity},
	}).Err()
}

// TrimOlderThan complements the count, which keeps a quiet instrument's trades for days.
func TrimOlderThan(ctx context.Context, rdb redis.Cmdable, instrument string, age time.Duration) (int64, error) {
	oldest := strconv.FormatInt(time.Now().Add(-age).UnixMilli(), 10)
	return rdb.XTrimMinIDApprox(ctx, tape(instrument), oldest, 0).Result()
}

// LastTrades returns the newest first.
func LastTrades(ctx context.Context, rdb redis.Cmdable, instrument string, count int64) ([]redis.XMessage, error) {
	return rdb.XRevRangeN(ctx, tape(instrument), "+", "-", count).Result()
}
