package io.cachewright.lab.market;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/// Kraken's book checksum: CRC-32 over the best ten asks, then the best ten bids, price before quantity, each decimal
/// without its point and leading zeros: exactly the digits of the scaled integer.
final class BookChecksum {

    private static final int LEVELS_A_SIDE = 10;

    private BookChecksum() {}

    static long of(OrderBook book) {
        var digits = new StringBuilder(512);
        append(digits, book.asks(LEVELS_A_SIDE));
        append(digits, book.bids(LEVELS_A_SIDE));
        var crc = new CRC32();
        crc.update(digits.toString().getBytes(StandardCharsets.US_ASCII));
        return crc.getValue();
    }

    private static void append(StringBuilder digits, Levels levels) {
        for (int i = 0; i < levels.size(); i++) {
            digits.append(levels.price(i)).append(levels.quantity(i));
        }
    }
}
