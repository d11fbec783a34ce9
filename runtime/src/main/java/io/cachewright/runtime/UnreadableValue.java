package io.cachewright.runtime;

/// A value in the server that its codec could not read.
///
/// @param size in bytes
/// @param beginning its first 64 bytes at most, in hexadecimal
/// @param why what the codec says
public record UnreadableValue(String key, int size, String beginning, String why) {}
