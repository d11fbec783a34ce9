// Package cache keeps best bid and offer in a key of their own: 150 bytes for those who need no depth.
package cache

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"
)

// lease is three heartbeats of the feed: a top without a feed behind it disappears.
const lease = 3 * time.Second

// ErrNoTop says that there is no top, or that its feed is gone.
var ErrNoTop = errors.New("no top of book")

// Top is the best bid and offer, in scaled integers.
type Top struct {
	BidPrice    int64 `redis:"bidPx"`
	BidQuantity int64 `redis:"bidQty"`
	AskPrice    int64 `redis:"askPx"`
	AskQuantity int64 `redis:"askQty"`
	Sequence    int64 `redis:"seq"`
}

func topKey(instrument string) string { return fmt.Sprintf("md:{%s}:l1", instrument) }

// WriteTop is called only when the top changed: deeper levels do not touch it.
func WriteTop(ctx context.Context, rdb redis.UniversalClient, instrument string, top Top) error {
	_, err := rdb.TxPipelined(ctx, func(tx redis.Pipeliner) error {
		tx.HSet(ctx, topKey(instrument), "bidPx", top.BidPrice, "bidQty", top.BidQuantity,
			"askPx", top.AskPrice, "askQty", top.AskQuantity, "seq", top.Sequence)
		tx.PExpire(ctx, topKey(instrument), lease)
		return nil
	})
	return err
}

// ReadTop returns ErrNoTop when there is none.
func ReadTop(ctx context.Context, rdb redis.Cmdable, instrument string) (Top, error) {
	var top Top
	reply := rdb.HGetAll(ctx, topKey(instrument))
	if err := reply.Err(); err != nil {
		return top, err
	}
	if len(reply.Val()) == 0 {
		return top, ErrNoTop
	}
	return top, reply.Scan(&top)
}
