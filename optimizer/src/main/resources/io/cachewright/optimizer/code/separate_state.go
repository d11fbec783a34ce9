// Package cache keeps orders, risk and locks on a server that never evicts, and what can be rebuilt on one that may.
package cache

import (
	"context"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"
)

// Stores are the two servers.
type Stores struct{ State, Cache *redis.Client }

// Open refuses a state server that may evict.
func Open(ctx context.Context, state, cache *redis.Options) (*Stores, error) {
	stores := &Stores{State: redis.NewClient(state), Cache: redis.NewClient(cache)}
	config, err := stores.State.ConfigGet(ctx, "maxmemory-policy").Result()
	if err == nil && config["maxmemory-policy"] != "noeviction" {
		err = fmt.Errorf("the state server may evict (%s): refusing to start", config["maxmemory-policy"])
	}
	if err != nil {
		stores.Close()
		return nil, err
	}
	return stores, nil
}

// SaveOrder goes to the state server.
func (s *Stores) SaveOrder(ctx context.Context, account, orderID string, order []byte) error {
	return s.State.HSet(ctx, fmt.Sprintf("ord:{%s}", account), orderID, order).Err()
}

// CacheQuote goes to the cache.
func (s *Stores) CacheQuote(ctx context.Context, instrument string, quote []byte) error {
	return s.Cache.Set(ctx, fmt.Sprintf("md:{%s}:quote", instrument), quote, 3*time.Second).Err()
}

// Close ends both clients.
func (s *Stores) Close() {
	s.State.Close()
	s.Cache.Close()
}
