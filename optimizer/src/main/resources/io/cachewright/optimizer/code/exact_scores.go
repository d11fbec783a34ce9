// Package cache sorts orders of one side by price, then by arrival: the score is the price in ticks, which a double
// holds exactly, and the time is in the member, where equal scores are sorted by bytes.
package cache

import (
	"context"
	"fmt"
	"strings"

	"github.com/redis/go-redis/v9"
)

// exactMax is 2^53: above it, neighbouring integers share a double.
const exactMax = int64(1) << 53

// AddOrder refuses a price that a score cannot hold.
func AddOrder(ctx context.Context, rdb redis.Cmdable, key string, priceTicks, sequence int64, orderID string) error {
	if priceTicks > exactMax || priceTicks < -exactMax {
		return fmt.Errorf("a score is exact up to 2^53, was %d", priceTicks)
	}
	member := redis.Z{Score: float64(priceTicks), Member: fmt.Sprintf("%019d:%s", sequence, orderID)}
	return rdb.ZAdd(ctx, key, member).Err()
}

// First returns the cheapest and oldest first. For bids store the negative price, so that the oldest still comes
// first.
func First(ctx context.Context, rdb redis.Cmdable, key string, count int64) ([]string, error) {
	members, err := rdb.ZRange(ctx, key, 0, count-1).Result()
	if err != nil {
		return nil, err
	}
	for i, member := range members {
		_, members[i], _ = strings.Cut(member, ":")
	}
	return members, nil
}
