package io.cachewright.lab.market;

import java.nio.ByteBuffer;

/// The best levels of a book in one string: a header of 32 bytes, then 16 bytes a level, all big-endian.
///
/// ```
/// 0  version (1 byte)   state (1)   bids (2)   asks (2)   unused (2)
/// 8  sequence (8)
/// 16 exchange time, nanoseconds (8)
/// 24 receive time, nanoseconds (8)
/// 32 bids, best first: price (8) quantity (8) …, then asks
/// ```
public record PackedBook(State state, long sequence, long exchangeNanos, long receivedNanos, Levels bids, Levels asks) {

    /// Whether readers may trust the levels.
    public enum State {
        SYNCING('Y'),
        LIVE('L'),
        STALE('S');

        private final char code;

        State(char code) {
            this.code = code;
        }

        private static State of(char code) {
            for (State state : values()) {
                if (state.code == code) {
                    return state;
                }
            }
            throw new IllegalArgumentException("a packed book's state is not '" + code + "'");
        }
    }

    private static final byte VERSION = 1;
    private static final int HEADER_BYTES = 32;
    private static final int LEVEL_BYTES = 16;

    public byte[] toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + LEVEL_BYTES * (bids.size() + asks.size()));
        bytes.put(VERSION).put((byte) state.code);
        bytes.putShort((short) bids.size()).putShort((short) asks.size()).putShort((short) 0);
        bytes.putLong(sequence).putLong(exchangeNanos).putLong(receivedNanos);
        put(bytes, bids);
        put(bytes, asks);
        return bytes.array();
    }

    /// @throws IllegalArgumentException when `packed` is no book of this version
    public static PackedBook parse(byte[] packed) {
        ByteBuffer bytes = ByteBuffer.wrap(packed);
        if (packed.length < HEADER_BYTES || bytes.get() != VERSION) {
            throw new IllegalArgumentException("not a packed book of version " + VERSION);
        }
        State state = State.of((char) bytes.get());
        int bids = bytes.getShort();
        int asks = bytes.getShort();
        if (bids < 0 || asks < 0 || packed.length != HEADER_BYTES + LEVEL_BYTES * (bids + asks)) {
            throw new IllegalArgumentException(
                    "a packed book of " + bids + " bids and " + asks + " asks is not " + packed.length + " bytes");
        }
        bytes.getShort();
        return new PackedBook(
                state, bytes.getLong(), bytes.getLong(), bytes.getLong(), get(bytes, bids), get(bytes, asks));
    }

    private static void put(ByteBuffer bytes, Levels levels) {
        for (int i = 0; i < levels.size(); i++) {
            bytes.putLong(levels.price(i)).putLong(levels.quantity(i));
        }
    }

    private static Levels get(ByteBuffer bytes, int count) {
        var levels = new Levels.Builder();
        for (int i = 0; i < count; i++) {
            levels.add(bytes.getLong(), bytes.getLong());
        }
        return levels.build();
    }
}
