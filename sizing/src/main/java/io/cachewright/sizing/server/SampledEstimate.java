package io.cachewright.sizing.server;

/// A hit ratio estimated from a sample of the keys.
///
/// @param keyShare the share of keys that was sampled
/// @param keys how many keys that were
/// @param scale how large a cache was played, as a share of the server's: 1 where it is small
public record SampledEstimate(double hitRatio, double keyShare, int keys, double scale) {}
