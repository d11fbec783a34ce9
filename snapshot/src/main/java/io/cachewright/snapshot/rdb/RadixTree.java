package io.cachewright.snapshot.rdb;

/// The size of a radix tree of ids, as the server builds it.
///
/// @param keys how many ids
/// @param bytes of its nodes, before the allocator rounds them
public record RadixTree(long keys, long nodes, long bytes) {}
