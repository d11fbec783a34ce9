// Package cache stores a session under a keyed hash of its token: key names show up in SLOWLOG, MONITOR, backups and
// tools.
package cache

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"time"

	"github.com/redis/go-redis/v9"
)

// Sessions finds sessions by their token.
type Sessions struct {
	rdb    redis.Cmdable
	pepper []byte
}

// NewSessions takes 32 random bytes from the secret store, never from Redis.
func NewSessions(rdb redis.Cmdable, pepper []byte) (*Sessions, error) {
	if len(pepper) < 32 {
		return nil, errors.New("the pepper has at least 32 bytes")
	}
	return &Sessions{rdb, pepper}, nil
}

// Open stores a session.
func (s *Sessions) Open(ctx context.Context, token string, session []byte, ttl time.Duration) error {
	return s.rdb.Set(ctx, s.key(token), session, ttl).Err()
}

// Find returns redis.Nil when there is no such session.
func (s *Sessions) Find(ctx context.Context, token string) ([]byte, error) {
	return s.rdb.Get(ctx, s.key(token)).Bytes()
}

func (s *Sessions) key(token string) string {
	mac := hmac.New(sha256.New, s.pepper)
	mac.Write([]byte(token))
	return "session:" + hex.EncodeToString(mac.Sum(nil))
}
