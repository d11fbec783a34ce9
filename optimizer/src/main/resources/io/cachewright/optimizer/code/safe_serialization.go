// Package cache stores a layout with a version instead of gob: any language reads it.
package cache

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/redis/go-redis/v9"
)

const (
	version    = 1
	quoteBytes = 1 + 4*8
)

// ErrNoQuote says that the key is absent.
var ErrNoQuote = errors.New("no quote")

// Quote holds scaled integers.
type Quote struct{ BidPrice, AskPrice, Sequence, ExchangeNanos int64 }

// WriteQuote stores a quote of this version.
func WriteQuote(ctx context.Context, rdb redis.Cmdable, key string, q Quote) error {
	b := make([]byte, 1, quoteBytes)
	b[0] = version
	for _, field := range []int64{q.BidPrice, q.AskPrice, q.Sequence, q.ExchangeNanos} {
		b = binary.BigEndian.AppendUint64(b, uint64(field))
	}
	return rdb.Set(ctx, key, b, 0).Err()
}

// ReadQuote leaves fields unread that a later version appends.
func ReadQuote(ctx context.Context, rdb redis.Cmdable, key string) (Quote, error) {
	b, err := rdb.Get(ctx, key).Bytes()
	if errors.Is(err, redis.Nil) {
		return Quote{}, ErrNoQuote
	}
	if err != nil {
		return Quote{}, err
	}
	if len(b) < quoteBytes || b[0] < version {
		return Quote{}, fmt.Errorf("%s holds no quote of version %d or later", key, version)
	}
	field := func(i int) int64 { return int64(binary.BigEndian.Uint64(b[1+8*i:])) }
	return Quote{field(0), field(1), field(2), field(3)}, nil
}
