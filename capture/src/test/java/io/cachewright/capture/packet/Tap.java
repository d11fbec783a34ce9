package io.cachewright.capture.packet;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A conversation over TCP as a tap would see it: writes go in, segments with sequence numbers come out, which a
/// test may then disorder, repeat or lose.
final class Tap {

    /// One segment.
    ///
    /// @param fromClient which way it goes
    record Segment(
            long timeNanos,
            boolean fromClient,
            int clientPort,
            int sequence,
            int acknowledged,
            int flags,
            ByteBuffer payload) {

        Segment at(long time) {
            return new Segment(time, fromClient, clientPort, sequence, acknowledged, flags, payload);
        }

        /// The same bytes from `from` to `to`, as when they are sent again in other pieces.
        Segment slice(int from, int to) {
            return new Segment(
                    timeNanos,
                    fromClient,
                    clientPort,
                    sequence + from,
                    acknowledged,
                    flags,
                    payload.slice(from, to - from));
        }

        int length() {
            return payload.remaining();
        }

        byte[] bytes() {
            byte[] bytes = new byte[payload.remaining()];
            payload.duplicate().get(bytes);
            return bytes;
        }
    }

    static final int FIN = 1;
    static final int SYN = 2;
    static final int RST = 4;
    static final int PUSH = 8;
    static final int ACK = 16;

    final List<Segment> segments = new ArrayList<>();
    private final int clientPort;
    private int clientNext;
    private int serverNext;
    private final int segmentBytes;

    Tap(int clientPort, int firstSequence, int segmentBytes) {
        this.clientPort = clientPort;
        this.clientNext = firstSequence;
        this.serverNext = 77 - firstSequence;
        this.segmentBytes = segmentBytes;
    }

    Tap open(long timeNanos) {
        add(timeNanos, true, SYN, new byte[0]);
        clientNext++;
        add(timeNanos, false, SYN | ACK, new byte[0]);
        serverNext++;
        add(timeNanos, true, ACK, new byte[0]);
        return this;
    }

    Tap client(long timeNanos, byte[] bytes) {
        send(timeNanos, true, bytes);
        return this;
    }

    Tap server(long timeNanos, byte[] bytes) {
        send(timeNanos, false, bytes);
        return this;
    }

    Tap client(long timeNanos, String text) {
        return client(timeNanos, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Tap server(long timeNanos, String text) {
        return server(timeNanos, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Tap ends(long timeNanos) {
        add(timeNanos, true, FIN | ACK, new byte[0]);
        return this;
    }

    Tap resets(long timeNanos) {
        add(timeNanos, true, RST, new byte[0]);
        return this;
    }

    private void send(long timeNanos, boolean fromClient, byte[] bytes) {
        for (int at = 0; at < bytes.length; at += segmentBytes) {
            int length = Math.min(segmentBytes, bytes.length - at);
            byte[] piece = new byte[length];
            System.arraycopy(bytes, at, piece, 0, length);
            add(timeNanos, fromClient, PUSH | ACK, piece);
            if (fromClient) {
                clientNext += length;
            } else {
                serverNext += length;
            }
        }
    }

    private void add(long timeNanos, boolean fromClient, int flags, byte[] payload) {
        segments.add(new Segment(
                timeNanos,
                fromClient,
                clientPort,
                fromClient ? clientNext : serverNext,
                fromClient ? serverNext : clientNext,
                flags,
                ByteBuffer.wrap(payload)));
    }
}
