// Package cache splits a deep book by bands of price: a reader near the top fetches one small key, a delete frees
// little at once.
package cache

import (
	"context"
	"fmt"
	"strconv"

	"github.com/redis/go-redis/v9"
)

// BandedBook keeps TicksABand prices in one key.
type BandedBook struct {
	Rdb        redis.UniversalClient
	TicksABand int64
}

func (b *BandedBook) band(ticks int64) int64 {
	band := ticks / b.TicksABand
	if ticks%b.TicksABand < 0 {
		band--
	}
	return band
}

func (b *BandedBook) key(instrument, side string, band int64) string {
	return fmt.Sprintf("md:{%s}:%s:%d", instrument, side, band)
}

// Set stores a level; a quantity of zero removes it.
func (b *BandedBook) Set(ctx context.Context, instrument, side string, ticks, quantity int64) error {
	key, field := b.key(instrument, side, b.band(ticks)), strconv.FormatInt(ticks, 10)
	if quantity == 0 {
		return b.Rdb.HDel(ctx, key, field).Err()
	}
	return b.Rdb.HSet(ctx, key, field, quantity).Err()
}

// Between reads the levels of the bands from one price to another in one round trip.
func (b *BandedBook) Between(ctx context.Context, instrument, side string, from, to int64) (map[int64]int64, error) {
	replies, err := b.Rdb.Pipelined(ctx, func(pipe redis.Pipeliner) error {
		for band := b.band(from); band <= b.band(to); band++ {
			pipe.HGetAll(ctx, b.key(instrument, side, band))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	levels := map[int64]int64{}
	for _, reply := range replies {
		for price, quantity := range reply.(*redis.MapStringStringCmd).Val() {
			p, err := strconv.ParseInt(price, 10, 64)
			if err != nil {
				return nil, err
			}
			q, err := strconv.ParseInt(quantity, 10, 64)
			if err != nil {
				return nil, err
			}
			if p >= from && p <= to {
				levels[p] = q
			}
		}
	}
	return levels, nil
}
