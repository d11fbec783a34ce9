// Package cache names a level by its price and keeps the quantity as its value; a quantity of zero deletes the level.
package cache

import (
	"context"
	"strconv"

	"github.com/redis/go-redis/v9"
)

// Update takes price to quantity, both scaled integers, of one side; all of them become visible together.
func Update(ctx context.Context, rdb redis.UniversalClient, key string, changed map[int64]int64) error {
	if len(changed) == 0 {
		return nil
	}
	_, err := rdb.TxPipelined(ctx, func(tx redis.Pipeliner) error {
		for price, quantity := range changed {
			field := strconv.FormatInt(price, 10)
			if quantity == 0 {
				tx.HDel(ctx, key, field)
			} else {
				tx.HSet(ctx, key, field, quantity)
			}
		}
		return nil
	})
	return err
}
