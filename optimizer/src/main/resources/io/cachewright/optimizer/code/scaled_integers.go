// Package cache keeps money and quantities as integers, scaled by the instrument: HINCRBY is exact, HINCRBYFLOAT is
// not.
package cache

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/redis/go-redis/v9"
)

// Scaled reads "12.34" with two decimals as 1234 and refuses "12.345": nothing is rounded in silence.
func Scaled(decimal string, decimals int) (int64, error) {
	whole, fraction, _ := strings.Cut(decimal, ".")
	if len(fraction) > decimals {
		return 0, fmt.Errorf("%s has more than %d decimals", decimal, decimals)
	}
	scaled, err := strconv.ParseInt(whole+fraction+strings.Repeat("0", decimals-len(fraction)), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("%s is no 64-bit number of %d decimals: %w", decimal, decimals, err)
	}
	return scaled, nil
}

// AddFill returns the position after the fill, scaled.
func AddFill(ctx context.Context, rdb redis.Cmdable, account, symbol, quantity string, decimals int) (int64, error) {
	scaled, err := Scaled(quantity, decimals)
	if err != nil {
		return 0, err
	}
	return rdb.HIncrBy(ctx, fmt.Sprintf("pos:{%s}", account), symbol, scaled).Result()
}
