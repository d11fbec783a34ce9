// Package cache opens one client for the whole life of the program; it pools connections and is safe for all
// goroutines.
package cache

import (
	"context"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"
)

// Connect is called once, at start; Close of the client ends it.
func Connect(ctx context.Context, url string) (*redis.Client, error) {
	options, err := redis.ParseURL(url)
	if err != nil {
		return nil, fmt.Errorf("the URL of the server cannot be read")
	}
	options.PoolSize = 16
	options.MinIdleConns = 4
	options.DialTimeout = 2 * time.Second
	options.ReadTimeout = 250 * time.Millisecond
	options.WriteTimeout = 250 * time.Millisecond
	options.PoolTimeout = 250 * time.Millisecond
	options.MaxRetries = 2
	client := redis.NewClient(options)
	if err := client.Ping(ctx).Err(); err != nil {
		client.Close()
		return nil, fmt.Errorf("ping: %w", err)
	}
	return client, nil
}
