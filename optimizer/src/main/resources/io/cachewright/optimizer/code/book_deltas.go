// Package cache keeps a book as one hash: b<price> and a<price> to quantity, both scaled integers, and seq. A batch
// of changed levels is applied at once, or not at all when one before it is missing.
package cache

import (
	"context"
	"fmt"
	"strings"

	"github.com/redis/go-redis/v9"
)

var apply = redis.NewScript(`
local at = redis.call('HGET', KEYS[1], 'seq')
if at and at ~= ARGV[1] then
  return redis.error_reply('GAP the book is at ' .. at)
end
for i = 3, #ARGV, 2 do
  if ARGV[i + 1] == '0' then
    redis.call('HDEL', KEYS[1], ARGV[i])
  else
    redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
  end
end
redis.call('HSET', KEYS[1], 'seq', ARGV[2])
return redis.status_reply('OK')
`)

// ApplyDeltas applies levels ("b6168650" to quantity, 0 removes). It reports false when the stored book is not at
// previous and has to be loaded from a snapshot.
func ApplyDeltas(ctx context.Context, rdb redis.Scripter, instrument string, previous, sequence int64,
	levels map[string]int64) (bool, error) {
	args := []interface{}{previous, sequence}
	for level, quantity := range levels {
		args = append(args, level, quantity)
	}
	err := apply.Run(ctx, rdb, []string{fmt.Sprintf("md:{%s}:l2", instrument)}, args...).Err()
	if err != nil && strings.HasPrefix(err.Error(), "GAP") {
		return false, nil
	}
	return err == nil, err
}
