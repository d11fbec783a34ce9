// Package cache lets reference data live until the next session of its venue has opened, over nights, weekends and
// holidays.
package cache

import (
	"context"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"
)

// NextOpen finds the next opening in the venue's own time; isTradingDay is the venue's calendar.
func NextOpen(now time.Time, zone *time.Location, hour, minute int,
	isTradingDay func(time.Time) bool) (time.Time, error) {
	local := now.In(zone)
	for days := 0; days < 30; days++ {
		open := time.Date(local.Year(), local.Month(), local.Day()+days, hour, minute, 0, 0, zone)
		if open.After(now) && isTradingDay(open) {
			return open, nil
		}
	}
	return time.Time{}, fmt.Errorf("the calendar knows no trading day within 30 days of %v", now)
}

// PutUntil keeps the old value for grace after the opening, while the loader of the new session finishes.
func PutUntil(ctx context.Context, rdb redis.Cmdable, key, value string, open time.Time, grace time.Duration) error {
	return rdb.SetArgs(ctx, key, value, redis.SetArgs{ExpireAt: open.Add(grace)}).Err()
}
