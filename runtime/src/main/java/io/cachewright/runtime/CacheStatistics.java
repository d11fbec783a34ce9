package io.cachewright.runtime;

/// Counts of one class of keys since its cache was built.
///
/// @param hits served from the near-cache as promised
/// @param stale served from the near-cache and marked stale
/// @param remote answered by the server
/// @param refused refused because freshness was not proved
/// @param failed not answered by the server
/// @param decodeErrors values that the codec could not read
/// @param entries in the near-cache now, including some that are dropped but not yet freed
public record CacheStatistics(
        long hits, long stale, long remote, long refused, long failed, long decodeErrors, long entries) {}
