package io.cachewright.lab.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Finds where replies end, in bytes that arrive in any pieces, without keeping them and without allocating.
///
/// Nesting needs no stack: an aggregate of n parts stands for itself plus n parts that are still to come, so one
/// counter of parts tells when the whole reply has passed. Attributes of RESP3, which servers send only when
/// debugged, are refused.
final class ReplyScanner {

    /// What [#next] found.
    enum Found {
        /// The input ended within a reply, or before one.
        NOTHING,
        REPLY,
        ERROR,
        PUSH
    }

    private static final int PREFIX_BYTES_MAX = 24;

    /// No reply has more parts or bytes; a larger number is no Redis protocol.
    private static final long NUMBER_MAX = 1L << 40;

    private enum State {
        TYPE,
        LINE,
        NUMBER,
        STRING
    }

    private final byte[] prefix = new byte[PREFIX_BYTES_MAX];
    private State state = State.TYPE;
    private byte type;
    private long number;
    private boolean isNegative;
    private long stringBytesLeft;
    private long partsLeft = 1;
    private boolean isFirst = true;
    private boolean isError;
    private boolean isPush;
    private int prefixLength;
    private boolean isPrefixWhole;

    /// Consumes input up to the end of the next reply.
    Found next(ByteBuffer input) throws IOException {
        while (input.hasRemaining()) {
            boolean isPartDone = switch (state) {
                case TYPE -> startPart(input.get());
                case LINE -> skipLine(input);
                case NUMBER -> readNumber(input);
                case STRING -> skipString(input);
            };
            if (isPartDone) {
                state = State.TYPE;
                partsLeft--;
                if (partsLeft == 0) {
                    return finish();
                }
            }
        }
        return Found.NOTHING;
    }

    /// The first word of the last error.
    String errorPrefix() {
        return prefixLength == 0 ? "ERR" : new String(prefix, 0, prefixLength, StandardCharsets.US_ASCII);
    }

    private Found finish() {
        Found found = isError ? Found.ERROR : isPush ? Found.PUSH : Found.REPLY;
        partsLeft = 1;
        isFirst = true;
        return found;
    }

    private boolean startPart(byte first) throws IOException {
        type = first;
        if (isFirst) {
            isFirst = false;
            isError = first == '-' || first == '!';
            isPush = first == '>';
            prefixLength = 0;
            isPrefixWhole = first != '-';
        }
        switch (first) {
            case '+', '-', ':', '_', ',', '#', '(' -> state = State.LINE;
            case '$', '=', '!', '*', '~', '%', '>' -> {
                state = State.NUMBER;
                number = 0;
                isNegative = false;
            }
            default -> throw new IOException("a reply cannot start with byte " + (first & 0xff));
        }
        return false;
    }

    private boolean skipLine(ByteBuffer input) {
        while (input.hasRemaining()) {
            byte b = input.get();
            if (b == '\n') {
                return true;
            }
            if (!isPrefixWhole) {
                if (b > ' ' && prefixLength < PREFIX_BYTES_MAX) {
                    prefix[prefixLength++] = b;
                } else {
                    isPrefixWhole = true;
                }
            }
        }
        return false;
    }

    private boolean readNumber(ByteBuffer input) throws IOException {
        while (input.hasRemaining()) {
            byte b = input.get();
            if (b >= '0' && b <= '9') {
                number = 10 * number + (b - '0');
                if (number > NUMBER_MAX) {
                    throw new IOException("a reply announces more than any server sends");
                }
            } else if (b == '-') {
                isNegative = true;
            } else if (b == '\n') {
                return startContent();
            } else if (b != '\r') {
                throw new IOException("a reply has byte " + (b & 0xff) + " in a number");
            }
        }
        return false;
    }

    /// True when the part has no content: a null, or an aggregate, whose parts are counted instead of it.
    private boolean startContent() throws IOException {
        if (isNegative) {
            return true;
        }
        switch (type) {
            case '$', '=', '!' -> {
                stringBytesLeft = number + 2;
                state = State.STRING;
                return false;
            }
            case '%' -> partsLeft += 2 * number;
            default -> partsLeft += number;
        }
        if (partsLeft > NUMBER_MAX) {
            throw new IOException("a reply announces more than any server sends");
        }
        return true;
    }

    private boolean skipString(ByteBuffer input) {
        int skipped = (int) Math.min(stringBytesLeft, input.remaining());
        input.position(input.position() + skipped);
        stringBytesLeft -= skipped;
        return stringBytesLeft == 0;
    }
}
