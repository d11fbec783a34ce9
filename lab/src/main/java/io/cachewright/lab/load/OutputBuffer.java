package io.cachewright.lab.load;

import io.cachewright.lab.wire.Command;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Encoded commands of one connection that are not written yet. Grows with what waits, and reuses its room.
final class OutputBuffer {

    private static final int BYTES = 4 << 10;

    /// Headers `*n` and `$n` up to this number are made once.
    private static final int HEADERS = 1_024;

    private static final byte[][] ARRAY_HEADERS = headers('*');
    private static final byte[][] STRING_HEADERS = headers('$');

    private byte[] bytes = new byte[BYTES];
    private int start;
    private int end;

    /// Appends the command; the number of bytes it takes.
    int add(Command command) {
        List<byte[]> arguments = command.arguments();
        int before = end - start;
        put(header('*', ARRAY_HEADERS, arguments.size()));
        for (int i = 0; i < arguments.size(); i++) {
            byte[] argument = arguments.get(i);
            put(header('$', STRING_HEADERS, argument.length));
            makeRoomFor(argument.length + 2);
            System.arraycopy(argument, 0, bytes, end, argument.length);
            end += argument.length;
            bytes[end++] = '\r';
            bytes[end++] = '\n';
        }
        return end - start - before;
    }

    boolean isEmpty() {
        return start == end;
    }

    int size() {
        return end - start;
    }

    /// Copies as much as fits into `target`, without consuming it.
    void copyTo(java.nio.ByteBuffer target) {
        target.put(bytes, start, Math.min(target.remaining(), end - start));
    }

    void consume(int count) {
        start += count;
        if (start == end) {
            clear();
        }
    }

    void clear() {
        start = 0;
        end = 0;
    }

    private void put(byte[] header) {
        makeRoomFor(header.length);
        System.arraycopy(header, 0, bytes, end, header.length);
        end += header.length;
    }

    private void makeRoomFor(int count) {
        if (bytes.length - end >= count) {
            return;
        }
        int kept = end - start;
        byte[] target = start >= kept && bytes.length - kept >= count
                ? bytes
                : new byte[Math.max(Math.addExact(kept, count), 2 * bytes.length)];
        System.arraycopy(bytes, start, target, 0, kept);
        bytes = target;
        start = 0;
        end = kept;
    }

    private static byte[] header(char type, byte[][] known, int number) {
        return number < HEADERS ? known[number] : newHeader(type, number);
    }

    private static byte[][] headers(char type) {
        byte[][] headers = new byte[HEADERS][];
        Arrays.setAll(headers, number -> newHeader(type, number));
        return headers;
    }

    private static byte[] newHeader(char type, int number) {
        return (type + Integer.toString(number) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }
}
