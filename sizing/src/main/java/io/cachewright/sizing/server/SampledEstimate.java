package io.cachewright.sizing.server;

/// A hit ratio estimated from a sample of the keys.
///
/// @param rate the share of keys that was really sampled: more than asked for where the cache is small
/// @param keys how many keys that were
public record SampledEstimate(double hitRatio, double rate, int keys) {}
