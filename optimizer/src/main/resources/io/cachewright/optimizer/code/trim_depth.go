// Package cache keeps the depth that was subscribed: levels that left it are never updated again and would stay.
package cache

import (
	"context"
	"sort"
	"strconv"

	"github.com/redis/go-redis/v9"
)

// Trim removes what lies deeper than depth in a side (price to quantity); call it after each batch.
func Trim(ctx context.Context, rdb redis.Cmdable, key string, bids bool, depth int) (int64, error) {
	fields, err := rdb.HKeys(ctx, key).Result()
	if err != nil {
		return 0, err
	}
	prices := make([]int64, 0, len(fields))
	for _, field := range fields {
		price, err := strconv.ParseInt(field, 10, 64)
		if err != nil {
			return 0, err
		}
		prices = append(prices, price)
	}
	if len(prices) <= depth {
		return 0, nil
	}
	sort.Slice(prices, func(i, j int) bool { return (prices[i] < prices[j]) != bids })
	tooDeep := make([]string, 0, len(prices)-depth)
	for _, price := range prices[depth:] {
		tooDeep = append(tooDeep, strconv.FormatInt(price, 10))
	}
	return rdb.HDel(ctx, key, tooDeep...).Result()
}
