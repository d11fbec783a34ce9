package io.cachewright.capture.packet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Puts the segments of one direction of a connection in order: what was sent twice is dropped, what came too early
/// waits, and what never comes is given up after a while, and told.
///
/*
 * A hole is given up when it is certain or likely enough that it will not be filled: the receiver has acknowledged
 * bytes that the recording does not have and later ones keep coming; or too much waits; or the hole is older than any
 * retransmission; or the connection ends.
 */
final class TcpStream {

    /// Who gets the bytes.
    interface Sink {

        /// Bytes that follow the ones before.
        ///
        /// @param sequence TCP's number of the first of them
        /// @param acknowledged TCP's number of the byte that their sender expects next
        void bytes(byte[] bytes, int from, int length, long timeNanos, int sequence, int acknowledged);

        /// So many bytes that follow are not in the recording; -1 when nobody knows how many.
        void lost(long count);
    }

    private static final int HELD_SEGMENTS_MAX = 1_024;
    private static final int HELD_BYTES_MAX = 4 << 20;
    private static final long HOLE_AGE_MAX_NANOS = 5_000_000_000L;
    /// An acknowledged hole may still be filled by a packet that was recorded a little out of order.
    private static final long DISORDER_NANOS = 20_000_000;
    private static final int DISORDER_SEGMENTS = 8;
    /// Beyond the largest window, a number belongs to another connection on the same ports.
    private static final int WINDOW_MAX = 1 << 30;

    private static final int STRANGERS_MAX = 3;

    private final Sink sink;
    private final List<Held> held = new ArrayList<>();
    private int heldBytes;
    private boolean isStarted;
    private int next;
    private int peerAcknowledged;
    private boolean hasPeerAcknowledged;
    private int strangers;
    private long retransmittedBytes;
    private long lostBytes;

    /// A segment that came before the ones it follows.
    private static final class Held {
        private final int sequence;
        private final byte[] bytes;
        private final int cut;
        private final long timeNanos;
        private final int acknowledged;

        Held(TcpSegment segment, long timeNanos) {
            this.sequence = segment.sequence;
            this.bytes = Arrays.copyOfRange(segment.bytes, segment.payload, segment.payload + segment.payloadLength);
            this.cut = segment.cutBytes;
            this.timeNanos = timeNanos;
            this.acknowledged = segment.acknowledged;
        }
    }

    TcpStream(Sink sink) {
        this.sink = sink;
    }

    /// The connection begins: its first byte has this number.
    void start(int sequence) {
        next = sequence;
        isStarted = true;
    }

    void segment(TcpSegment segment, long timeNanos) {
        int length = segment.payloadLength;
        if (length + segment.cutBytes > 0) {
            if (!isStarted) {
                start(segment.sequence);
            }
            take(segment, timeNanos);
        }
        giveUpHoles(timeNanos);
    }

    /// The other side has got everything before this number.
    void acknowledged(int sequence, long timeNanos) {
        if (!hasPeerAcknowledged || sequence - peerAcknowledged > 0) {
            peerAcknowledged = sequence;
            hasPeerAcknowledged = true;
        }
        giveUpHoles(timeNanos);
    }

    void close() {
        while (!held.isEmpty()) {
            loseHole();
        }
    }

    long retransmittedBytes() {
        return retransmittedBytes;
    }

    long lostBytes() {
        return lostBytes;
    }

    private void take(TcpSegment segment, long timeNanos) {
        int ahead = segment.sequence - next;
        if (ahead > WINDOW_MAX || ahead < -WINDOW_MAX) {
            if (++strangers < STRANGERS_MAX) {
                return;
            }
            held.clear();
            heldBytes = 0;
            sink.lost(-1);
            next = segment.sequence;
            ahead = 0;
        }
        strangers = 0;
        if (ahead > 0) {
            hold(segment, timeNanos);
            return;
        }
        deliver(
                segment.bytes,
                segment.payload,
                segment.payloadLength,
                segment.cutBytes,
                segment.sequence,
                timeNanos,
                segment.acknowledged);
        drain(timeNanos);
    }

    /// Delivers what is new of a segment that starts at or before the next byte.
    private void deliver(byte[] bytes, int from, int length, int cut, int sequence, long timeNanos, int acknowledged) {
        int old = next - sequence;
        if (old >= length + cut) {
            retransmittedBytes += length;
            return;
        }
        int known = Math.min(old, length);
        retransmittedBytes += known;
        if (length > known) {
            int first = next;
            next += length - known;
            sink.bytes(bytes, from + known, length - known, timeNanos, first, acknowledged);
        }
        int missing = sequence + length + cut - next;
        if (missing > 0) {
            next += missing;
            lostBytes += missing;
            sink.lost(missing);
        }
    }

    private void hold(TcpSegment segment, long timeNanos) {
        int place = held.size();
        while (place > 0 && held.get(place - 1).sequence - segment.sequence > 0) {
            place--;
        }
        held.add(place, new Held(segment, timeNanos));
        heldBytes += segment.payloadLength;
    }

    /// Held bytes were of no use to the receiver before the hole was filled: their time is now.
    private void drain(long timeNanos) {
        int used = 0;
        while (used < held.size() && held.get(used).sequence - next <= 0) {
            Held one = held.get(used++);
            heldBytes -= one.bytes.length;
            deliver(
                    one.bytes,
                    0,
                    one.bytes.length,
                    one.cut,
                    one.sequence,
                    Math.max(timeNanos, one.timeNanos),
                    one.acknowledged);
        }
        held.subList(0, used).clear();
    }

    private void giveUpHoles(long timeNanos) {
        while (!held.isEmpty() && isHopeless(timeNanos)) {
            loseHole();
        }
    }

    private boolean isHopeless(long timeNanos) {
        long age = timeNanos - held.getFirst().timeNanos;
        boolean isAcknowledged = hasPeerAcknowledged && peerAcknowledged - next > 0;
        return heldBytes > HELD_BYTES_MAX
                || held.size() > HELD_SEGMENTS_MAX
                || age > HOLE_AGE_MAX_NANOS
                || (isAcknowledged && (age > DISORDER_NANOS || held.size() >= DISORDER_SEGMENTS));
    }

    private void loseHole() {
        int missing = held.getFirst().sequence - next;
        next += missing;
        lostBytes += missing;
        sink.lost(missing);
        drain(held.getFirst().timeNanos);
    }
}
