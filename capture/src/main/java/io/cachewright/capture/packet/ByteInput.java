package io.cachewright.capture.packet;

import io.cachewright.capture.command.MalformedCapture;
import java.io.IOException;
import java.io.InputStream;

/// The bytes of a file, read ahead in large pieces, of which any stretch of limited length can be looked
/// at in place.
final class ByteInput {

    /// More than any packet or block may have.
    static final int STRETCH_MAX = 16 << 20;

    private final InputStream input;
    private final String source;
    private byte[] buffer = new byte[1 << 20];
    private int at;
    private int end;
    /// Of `buffer[0]` in the file.
    private long base;

    ByteInput(InputStream input, String source) {
        this.input = input;
        this.source = source;
    }

    /// Makes the next `count` bytes available at [#position()] of [#array()].
    ///
    /// @return false when the file has not that many left
    boolean has(int count) throws IOException {
        if (end - at >= count) {
            return true;
        }
        if (count > STRETCH_MAX) {
            throw malformed("a stretch of " + count + " bytes is longer than any packet");
        }
        byte[] target = count <= buffer.length ? buffer : new byte[Math.max(count, 2 * buffer.length)];
        System.arraycopy(buffer, at, target, 0, end - at);
        buffer = target;
        end -= at;
        base += at;
        at = 0;
        while (end < count) {
            int more = input.read(buffer, end, buffer.length - end);
            if (more < 0) {
                return false;
            }
            end += more;
        }
        return true;
    }

    byte[] array() {
        return buffer;
    }

    int position() {
        return at;
    }

    /// How many bytes are there without reading on; less than asked for only at the end of the file.
    int available() {
        return end - at;
    }

    void skip(int count) {
        at += count;
    }

    long offset() {
        return base + at;
    }

    int unsignedShort(int ahead, boolean isBig) {
        int first = buffer[at + ahead] & 0xff;
        int second = buffer[at + ahead + 1] & 0xff;
        return isBig ? first << 8 | second : second << 8 | first;
    }

    int integer(int ahead, boolean isBig) {
        int value = (buffer[at + ahead] & 0xff) << 24
                | (buffer[at + ahead + 1] & 0xff) << 16
                | (buffer[at + ahead + 2] & 0xff) << 8
                | (buffer[at + ahead + 3] & 0xff);
        return isBig ? value : Integer.reverseBytes(value);
    }

    MalformedCapture malformed(String problem) {
        return new MalformedCapture(source, offset(), problem);
    }
}
