package io.cachewright.optimizer.prove;

/// The same round on both sides, one right after the other.
record Pair(Slice baseline, Slice candidate) {}
