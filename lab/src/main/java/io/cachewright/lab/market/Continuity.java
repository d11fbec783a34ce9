package io.cachewright.lab.market;

/// How a venue lets its readers notice a lost message. It differs by venue, so a book checks what its venue offers.
public sealed interface Continuity {

    /// Update ids without holes: `first` is the last id before, plus one (Binance spot).
    record Range(long first, long last) implements Continuity {}

    /// Each message names the one before it (Binance futures `pu`).
    record Linked(long previous, long last) implements Continuity {}

    /// CRC-32 over the best ten levels of each side after the message is applied (Kraken).
    record Checksum(long crc32) implements Continuity {}

    /// Nothing: a loss cannot be noticed from the messages.
    record None() implements Continuity {}
}
