// Package cache keeps a set of the instruments there are: nobody asks the keyspace with KEYS or SCAN.
package cache

import (
	"context"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"
)

const instruments = "md:instruments"

// WriteQuote stores a quote and registers its instrument.
func WriteQuote(ctx context.Context, rdb redis.UniversalClient, instrument, quote string, ttl time.Duration) error {
	_, err := rdb.Pipelined(ctx, func(pipe redis.Pipeliner) error {
		pipe.Set(ctx, fmt.Sprintf("md:{%s}:quote", instrument), quote, ttl)
		pipe.SAdd(ctx, instruments, instrument)
		return nil
	})
	return err
}

// Delist removes an instrument and its quote.
func Delist(ctx context.Context, rdb redis.Cmdable, instrument string) error {
	if err := rdb.SRem(ctx, instruments, instrument).Err(); err != nil {
		return err
	}
	return rdb.Unlink(ctx, fmt.Sprintf("md:{%s}:quote", instrument)).Err()
}

// Instruments walks one set with SSCAN, in steps that do not hold up the server.
func Instruments(ctx context.Context, rdb redis.Cmdable) ([]string, error) {
	var found []string
	it := rdb.SScan(ctx, instruments, 0, "", 500).Iterator()
	for it.Next(ctx) {
		found = append(found, it.Val())
	}
	return found, it.Err()
}
