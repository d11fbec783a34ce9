// Package cache builds a book aside and swaps it in: a reader sees the old one or the new one, never half of it.
package cache

import (
	"context"
	"fmt"

	"github.com/redis/go-redis/v9"
)

// ReplaceBook gives both names the same hash tag, so that RENAME works in a cluster too.
func ReplaceBook(ctx context.Context, rdb redis.UniversalClient, instrument string, levels map[string]int64) error {
	if len(levels) == 0 {
		return fmt.Errorf("an empty book of %s replaces nothing; unlink it instead", instrument)
	}
	live := fmt.Sprintf("md:{%s}:l2", instrument)
	next := live + ":next"
	fields := make([]interface{}, 0, 2*len(levels))
	for level, quantity := range levels {
		fields = append(fields, level, quantity)
	}
	_, err := rdb.Pipelined(ctx, func(pipe redis.Pipeliner) error {
		pipe.Unlink(ctx, next)
		pipe.HSet(ctx, next, fields...)
		return nil
	})
	if err != nil {
		return fmt.Errorf("build %s: %w", next, err)
	}
	return rdb.Rename(ctx, next, live).Err()
}
