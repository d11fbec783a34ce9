// Package cache acknowledges each stream entry once it is done; entries of a consumer that died are taken over.
package cache

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
)

const entriesMax = 100

// Consumer is one member of a group.
type Consumer struct {
	Rdb                 redis.UniversalClient
	Stream, Group, Name string
}

// Join creates the group unless it is there already.
func (c *Consumer) Join(ctx context.Context) error {
	err := c.Rdb.XGroupCreateMkStream(ctx, c.Stream, c.Group, "0").Err()
	if err != nil && strings.HasPrefix(err.Error(), "BUSYGROUP") {
		return nil
	}
	return err
}

// Poll takes one turn: first what others left behind, then what is new. handle must bear to see an entry twice.
func (c *Consumer) Poll(ctx context.Context, abandoned, wait time.Duration, handle func(redis.XMessage) error) error {
	entries, _, err := c.Rdb.XAutoClaim(ctx, &redis.XAutoClaimArgs{
		Stream: c.Stream, Group: c.Group, Consumer: c.Name, MinIdle: abandoned, Start: "0-0", Count: entriesMax,
	}).Result()
	if err != nil {
		return err
	}
	fresh, err := c.Rdb.XReadGroup(ctx, &redis.XReadGroupArgs{
		Group: c.Group, Consumer: c.Name, Streams: []string{c.Stream, ">"}, Count: entriesMax, Block: wait,
	}).Result()
	if err != nil && !errors.Is(err, redis.Nil) {
		return err
	}
	for _, stream := range fresh {
		entries = append(entries, stream.Messages...)
	}
	for _, entry := range entries {
		if err := handle(entry); err != nil {
			return err
		}
		if err := c.Rdb.XAck(ctx, c.Stream, c.Group, entry.ID).Err(); err != nil {
			return err
		}
	}
	return nil
}
