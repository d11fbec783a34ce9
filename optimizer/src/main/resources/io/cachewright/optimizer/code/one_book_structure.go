// Package cache keeps price and size of a side in one hash, price to quantity (scaled integers): they cannot disagree.
package cache

import (
	"context"
	"fmt"
	"sort"
	"strconv"

	"github.com/redis/go-redis/v9"
)

// Level is one price of a side.
type Level struct{ Price, Quantity int64 }

func sideKey(instrument, side string) string { return fmt.Sprintf("md:{%s}:%s", instrument, side) }

// SetLevel stores a level; a quantity of zero removes it.
func SetLevel(ctx context.Context, rdb redis.Cmdable, instrument, side string, level Level) error {
	price := strconv.FormatInt(level.Price, 10)
	if level.Quantity == 0 {
		return rdb.HDel(ctx, sideKey(instrument, side), price).Err()
	}
	return rdb.HSet(ctx, sideKey(instrument, side), price, level.Quantity).Err()
}

// Best returns the best levels first. Sorting a few hundred here costs less than a second structure there.
func Best(ctx context.Context, rdb redis.Cmdable, instrument, side string, depth int) ([]Level, error) {
	stored, err := rdb.HGetAll(ctx, sideKey(instrument, side)).Result()
	if err != nil {
		return nil, err
	}
	levels := make([]Level, 0, len(stored))
	for price, quantity := range stored {
		p, err := strconv.ParseInt(price, 10, 64)
		if err != nil {
			return nil, err
		}
		q, err := strconv.ParseInt(quantity, 10, 64)
		if err != nil {
			return nil, err
		}
		levels = append(levels, Level{p, q})
	}
	sort.Slice(levels, func(i, j int) bool { return (levels[i].Price < levels[j].Price) != (side == "bid") })
	if len(levels) > depth {
		levels = levels[:depth]
	}
	return levels, nil
}
