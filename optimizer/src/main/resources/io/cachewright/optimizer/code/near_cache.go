// Package cache answers repeated reads from this process. Writers publish the key that they changed in the same
// transaction; a lost message is bounded by the age that a reader accepts.
package cache

import (
	"context"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
)

const changed = "md:changed"

type entry struct {
	value string
	until time.Time
}

// NearCache is safe for many goroutines; it keeps at most keysMax values.
type NearCache struct {
	rdb     redis.UniversalClient
	maxAge  time.Duration
	keysMax int
	mu      sync.Mutex
	entries map[string]entry
	turn    uint64 // rises with each invalidation, so that a value read before it is not kept
}

// NewNearCache returns an empty cache; run Follow beside it.
func NewNearCache(rdb redis.UniversalClient, maxAge time.Duration, keysMax int) *NearCache {
	return &NearCache{rdb: rdb, maxAge: maxAge, keysMax: keysMax, entries: map[string]entry{}}
}

// Write is for writers.
func Write(ctx context.Context, rdb redis.UniversalClient, key, value string, ttl time.Duration) error {
	_, err := rdb.TxPipelined(ctx, func(tx redis.Pipeliner) error {
		tx.Set(ctx, key, value, ttl)
		tx.Publish(ctx, changed, key)
		return nil
	})
	return err
}

// Get returns redis.Nil when there is no value.
func (c *NearCache) Get(ctx context.Context, key string) (string, error) {
	c.mu.Lock()
	found, ok := c.entries[key]
	turn := c.turn
	c.mu.Unlock()
	if ok && time.Now().Before(found.until) {
		return found.value, nil
	}
	until := time.Now().Add(c.maxAge)
	value, err := c.rdb.Get(ctx, key).Result()
	if err != nil {
		return "", err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if turn == c.turn && (ok || len(c.entries) < c.keysMax) {
		c.entries[key] = entry{value, until}
	}
	return value, nil
}

// Follow drops what changed until ctx ends; each new subscription empties the cache, as messages may have been lost.
func (c *NearCache) Follow(ctx context.Context) error {
	sub := c.rdb.Subscribe(ctx, changed)
	defer sub.Close()
	for {
		event, err := sub.Receive(ctx)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		c.mu.Lock()
		c.turn++
		if message, ok := event.(*redis.Message); ok && err == nil {
			delete(c.entries, message.Payload)
		} else {
			c.entries = map[string]entry{}
		}
		c.mu.Unlock()
	}
}
