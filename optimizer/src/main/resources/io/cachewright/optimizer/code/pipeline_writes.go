// Package cache keeps the latest value of each key and sends all of them together, every few milliseconds.
package cache

import (
	"context"
	"sync"

	"github.com/redis/go-redis/v9"
)

// ConflatingWriter is safe for many goroutines.
type ConflatingWriter struct {
	rdb    redis.UniversalClient
	mu     sync.Mutex
	latest map[string][]byte
}

// NewConflatingWriter returns a writer with nothing to send.
func NewConflatingWriter(rdb redis.UniversalClient) *ConflatingWriter {
	return &ConflatingWriter{rdb: rdb, latest: map[string][]byte{}}
}

// OnTick keeps value; a tick that is overtaken before the next flush is never sent.
func (w *ConflatingWriter) OnTick(key string, value []byte) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.latest[key] = value
}

// Flush is called by a timer, every 1 to 10 ms. What could not be written is offered again, unless a newer value came.
func (w *ConflatingWriter) Flush(ctx context.Context) error {
	w.mu.Lock()
	batch := w.latest
	w.latest = make(map[string][]byte, len(batch))
	w.mu.Unlock()
	if len(batch) == 0 {
		return nil
	}
	_, err := w.rdb.Pipelined(ctx, func(pipe redis.Pipeliner) error {
		for key, value := range batch {
			pipe.Set(ctx, key, value, 0)
		}
		return nil
	})
	if err != nil {
		w.mu.Lock()
		defer w.mu.Unlock()
		for key, value := range batch {
			if _, newer := w.latest[key]; !newer {
				w.latest[key] = value
			}
		}
	}
	return err
}
