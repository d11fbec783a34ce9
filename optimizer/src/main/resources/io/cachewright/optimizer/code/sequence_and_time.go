// Package cache stores with every value which update it is and when it happened, so that a reader can refuse what is
// old.
package cache

import (
	"context"
	"errors"
	"time"

	"github.com/redis/go-redis/v9"
)

// ErrStale says that there is no value, or none that is fresh enough.
var ErrStale = errors.New("no fresh value")

type stamped struct {
	Price    int64 `redis:"px"`
	Sequence int64 `redis:"seq"`
	Received int64 `redis:"recvTs"`
}

// Write stores times as nanoseconds since 1970, as integers; a float loses them.
func Write(ctx context.Context, rdb redis.Cmdable, key string, price, sequence int64, exchange time.Time) error {
	return rdb.HSet(ctx, key, "px", price, "seq", sequence,
		"exchTs", exchange.UnixNano(), "recvTs", time.Now().UnixNano()).Err()
}

// Read returns the price, or ErrStale when it is too old or was overtaken by one that the caller has seen.
func Read(ctx context.Context, rdb redis.Cmdable, key string, seen int64, maxAge time.Duration) (int64, error) {
	reply := rdb.HMGet(ctx, key, "px", "seq", "recvTs")
	if err := reply.Err(); err != nil {
		return 0, err
	}
	for _, field := range reply.Val() {
		if field == nil {
			return 0, ErrStale
		}
	}
	var value stamped
	if err := reply.Scan(&value); err != nil {
		return 0, err
	}
	if value.Sequence < seen || time.Since(time.Unix(0, value.Received)) > maxAge {
		return 0, ErrStale
	}
	return value.Price, nil
}
