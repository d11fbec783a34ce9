package io.cachewright.optimizer.evidence;

import java.time.Duration;

/// How long PING took from here to the node, client side included.
public record RoundTrip(int samples, Duration p50, Duration p99, Duration max) {}
