package io.cachewright.runtime;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;

/// The version that this library's writes put before a value, as a line of its own: the id of the write's log entry,
/// which goes up with each write of the same log.
///
/* An id is the server's milliseconds and a number within that millisecond, and the server never gives one below the last
 * one, whatever its clock does. As a long it has 43 bits for the time, enough until the year 2248, and 20 for the rest.
 */
final class Version {

    private static final int SEQUENCE_BITS = 20;
    private static final int HEADER_BYTES_MAX = 40;

    private Version() {}

    static long toLong(String id) {
        int dash = id.indexOf('-');
        long millis = Long.parseLong(id.substring(0, dash));
        long sequence = Long.parseLong(id.substring(dash + 1));
        if (sequence >> SEQUENCE_BITS != 0 || millis >> (Long.SIZE - 1 - SEQUENCE_BITS) != 0) {
            throw new NumberFormatException("no version: " + id);
        }
        return millis << SEQUENCE_BITS | sequence;
    }

    static String toId(long version) {
        return (version >>> SEQUENCE_BITS) + "-" + (version & ((1L << SEQUENCE_BITS) - 1));
    }

    /// The version before the value in `bytes`; empty when it has none.
    static OptionalLong of(byte[] bytes) {
        int end = headerEnd(bytes);
        if (end < 0) {
            return OptionalLong.empty();
        }
        String id = new String(bytes, 0, end, StandardCharsets.US_ASCII);
        if (!id.matches("\\d{1,13}-\\d{1,7}")) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(toLong(id));
        } catch (NumberFormatException _) {
            return OptionalLong.empty();
        }
    }

    /// What follows the version.
    static byte[] payload(byte[] bytes) {
        return Arrays.copyOfRange(bytes, headerEnd(bytes) + 1, bytes.length);
    }

    private static int headerEnd(byte[] bytes) {
        for (int i = 0; i < Math.min(bytes.length, HEADER_BYTES_MAX); i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }
}
