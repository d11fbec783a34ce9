// Package cache reads a watch-list in one round trip instead of one a symbol.
package cache

import (
	"context"
	"fmt"

	"github.com/redis/go-redis/v9"
)

// keysACallMax bounds one reply: a thousand quotes of 200 bytes are 200 KB.
const keysACallMax = 1000

// Quotes leaves out symbols without a quote. In a cluster use a pipeline of GET: MGET needs one slot.
func Quotes(ctx context.Context, rdb redis.Cmdable, symbols []string) (map[string]string, error) {
	quotes := make(map[string]string, len(symbols))
	for len(symbols) > 0 {
		n := keysACallMax
		if len(symbols) < n {
			n = len(symbols)
		}
		batch := symbols[:n]
		symbols = symbols[n:]
		keys := make([]string, n)
		for i, symbol := range batch {
			keys[i] = fmt.Sprintf("md:{%s}:quote", symbol)
		}
		values, err := rdb.MGet(ctx, keys...).Result()
		if err != nil {
			return nil, err
		}
		for i, value := range values {
			if text, ok := value.(string); ok {
				quotes[batch[i]] = text
			}
		}
	}
	return quotes, nil
}
