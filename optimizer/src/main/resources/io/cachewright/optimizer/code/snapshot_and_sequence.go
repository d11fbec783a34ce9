// Package cache publishes small deltas with their sequence; whoever missed one loads the snapshot. Pub/Sub may drop a
// message, the sequence makes that visible.
package cache

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/redis/go-redis/v9"
)

// Book is what a subscriber keeps.
type Book interface {
	Sequence() int64
	Load(snapshot string) error
	Apply(sequence int64, delta string) error
}

// Publish sends the snapshot (which starts with its sequence) and the delta together.
func Publish(ctx context.Context, rdb redis.UniversalClient, instrument string, sequence int64,
	delta, snapshot string) error {
	_, err := rdb.TxPipelined(ctx, func(tx redis.Pipeliner) error {
		tx.Set(ctx, fmt.Sprintf("md:{%s}:snap", instrument), snapshot, 0)
		tx.Publish(ctx, fmt.Sprintf("md:{%s}:delta", instrument), fmt.Sprintf("%d %s", sequence, delta))
		return nil
	})
	return err
}

// Follow subscribes first and loads then, so that nothing falls in between. It ends with an error, after which the
// caller starts it again.
func Follow(ctx context.Context, rdb redis.UniversalClient, instrument string, book Book) error {
	sub := rdb.Subscribe(ctx, fmt.Sprintf("md:{%s}:delta", instrument))
	defer sub.Close()
	for {
		event, err := sub.Receive(ctx)
		if err != nil {
			return err
		}
		switch event := event.(type) {
		case *redis.Subscription:
			err = load(ctx, rdb, instrument, book)
		case *redis.Message:
			number, delta, _ := strings.Cut(event.Payload, " ")
			var sequence int64
			if sequence, err = strconv.ParseInt(number, 10, 64); err != nil {
				return err
			}
			if sequence == book.Sequence()+1 {
				err = book.Apply(sequence, delta)
			} else if sequence > book.Sequence() {
				err = load(ctx, rdb, instrument, book)
			}
		}
		if err != nil {
			return err
		}
	}
}

func load(ctx context.Context, rdb redis.UniversalClient, instrument string, book Book) error {
	snapshot, err := rdb.Get(ctx, fmt.Sprintf("md:{%s}:snap", instrument)).Result()
	if errors.Is(err, redis.Nil) {
		return nil
	}
	if err != nil {
		return err
	}
	return book.Load(snapshot)
}
