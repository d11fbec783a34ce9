package io.cachewright.capture.packet;

import io.cachewright.capture.command.Arguments;
import io.cachewright.capture.command.CaptureLimits;
import java.util.Arrays;
import java.util.Optional;

/// Reads commands from the bytes that a client sends, in any pieces: arrays of strings, and inline commands.
///
/// After a loss it looks for the next command that begins where a segment begins, or behind a line end. A loss
/// within a long argument loses nothing but those bytes.
final class RequestParser {

    /// Who gets the commands.
    interface Sink {

        /// @param endSequence TCP's number of the byte behind the command
        void request(Arguments arguments, long wireBytes, long timeNanos, int endSequence);

        /// Commands may be missing here.
        void requestsLost(String reason);
    }

    private enum State {
        SEEKING,
        START,
        COUNT,
        LENGTH_TYPE,
        LENGTH,
        BODY,
        BODY_END,
        INLINE
    }

    /// As the servers have it.
    private static final int INLINE_BYTES_MAX = 64 << 10;

    private static final long ARGUMENTS_MAX = 1 << 20;
    /// The servers' default is 512 MB; up to 2 GB can be configured.
    private static final long ARGUMENT_BYTES_MAX = Integer.MAX_VALUE;

    private final Sink sink;
    private final Arguments.Builder builder;
    private State state;
    /// Bytes seen, lost ones included, up to the piece that is being read.
    private long position;

    private long commandStart;
    private long number;
    private int digits;
    private boolean isNegative;
    private long argumentsLeft;
    private long bodyLeft;
    private byte[] inline = new byte[256];
    private int inlineLength;

    /// @param isUnderWay whether the connection's beginning was not seen
    RequestParser(Sink sink, CaptureLimits limits, boolean isUnderWay) {
        this.sink = sink;
        this.builder = limits.newBuilder();
        this.state = isUnderWay ? State.SEEKING : State.START;
    }

    void bytes(byte[] bytes, int from, int length, long timeNanos, int sequence) {
        int end = from + length;
        int at = from;
        while (at < end) {
            switch (state) {
                case SEEKING -> {
                    at = seek(bytes, at, end);
                    if (at < end) {
                        state = State.START;
                    }
                }
                case START -> {
                    commandStart = position + (at - from);
                    at = start(bytes, at);
                }
                case LENGTH_TYPE -> {
                    if (bytes[at] == '$') {
                        at++;
                        expectNumber(State.LENGTH);
                    } else {
                        fail("an argument does not begin with $");
                    }
                }
                case COUNT, LENGTH -> {
                    at = number(bytes, at, end);
                    if (digits < 0) {
                        numberRead();
                    }
                }
                case BODY -> {
                    int more = (int) Math.min(bodyLeft, end - at);
                    builder.append(bytes, at, more);
                    at += more;
                    bodyLeft -= more;
                    if (bodyLeft == 0) {
                        builder.end();
                        bodyLeft = 2;
                        state = State.BODY_END;
                    }
                }
                case BODY_END -> {
                    if (bytes[at] != (bodyLeft == 2 ? '\r' : '\n')) {
                        fail("an argument does not end with a line end");
                    } else {
                        at++;
                        if (--bodyLeft == 0) {
                            argumentRead(at - from, timeNanos, sequence);
                        }
                    }
                }
                case INLINE -> at = inline(bytes, at, from, end, timeNanos, sequence);
            }
        }
        position += length;
    }

    void lost(long count) {
        if (count > 0) {
            position += count;
        }
        if (state == State.BODY && count > 0 && count < bodyLeft) {
            builder.skip((int) count);
            bodyLeft -= count;
        } else {
            restart();
            sink.requestsLost("packets are missing");
        }
    }

    private void fail(String reason) {
        restart();
        sink.requestsLost(reason);
    }

    private void restart() {
        state = State.SEEKING;
        builder.clear();
    }

    private int start(byte[] bytes, int at) {
        byte first = bytes[at];
        if (first == '*') {
            expectNumber(State.COUNT);
            return at + 1;
        }
        if (first == '\r' || first == '\n') {
            return at + 1;
        }
        if (first < ' ' || first == 127) {
            fail("bytes that are no command");
        } else {
            inlineLength = 0;
            state = State.INLINE;
        }
        return at;
    }

    private void expectNumber(State next) {
        state = next;
        number = 0;
        digits = 0;
        isNegative = false;
    }

    /// Reads on in a number and its line end; `digits` is -1 when both are complete.
    private int number(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end) {
            byte one = bytes[at++];
            if (one >= '0' && one <= '9' && digits < 10) {
                number = 10 * number + (one - '0');
                digits++;
            } else if (one == '-' && digits == 0 && !isNegative) {
                isNegative = true;
            } else if (one == '\n' && digits > 0) {
                number = isNegative ? -number : number;
                digits = -1;
                return at;
            } else if (one != '\r' || digits == 0) {
                fail("a number that is none");
                return at;
            }
        }
        return at;
    }

    private void numberRead() {
        if (state == State.COUNT) {
            if (number > ARGUMENTS_MAX) {
                fail("a command of " + number + " arguments");
            } else if (number <= 0) {
                // Servers ignore it.
                state = State.START;
            } else {
                argumentsLeft = number;
                state = State.LENGTH_TYPE;
            }
        } else if (number < 0 || number > ARGUMENT_BYTES_MAX) {
            fail("an argument of " + number + " bytes");
        } else if (number == 0) {
            builder.end();
            bodyLeft = 2;
            state = State.BODY_END;
        } else {
            bodyLeft = number;
            state = State.BODY;
        }
    }

    private void argumentRead(int read, long timeNanos, int sequence) {
        if (--argumentsLeft > 0) {
            state = State.LENGTH_TYPE;
        } else {
            state = State.START;
            sink.request(builder.build(), position + read - commandStart, timeNanos, sequence + read);
        }
    }

    private int inline(byte[] bytes, int from, int pieceFrom, int end, long timeNanos, int sequence) {
        int at = from;
        while (at < end && bytes[at] != '\n') {
            at++;
        }
        int more = at - from;
        if (inlineLength + more > INLINE_BYTES_MAX) {
            fail("an inline command without an end");
            return at;
        }
        if (inline.length < inlineLength + more) {
            inline = Arrays.copyOf(inline, Math.max(inlineLength + more, 2 * inline.length));
        }
        System.arraycopy(bytes, from, inline, inlineLength, more);
        inlineLength += more;
        if (at == end) {
            return at;
        }
        at++;
        Optional<Arguments> words = Inline.split(inline, inlineLength, builder);
        if (words.isEmpty()) {
            fail("an inline command with open quotes");
        } else {
            state = State.START;
            if (words.get().count() > 0) {
                int read = at - pieceFrom;
                sink.request(words.get(), position + read - commandStart, timeNanos, sequence + read);
            }
        }
        return at;
    }

    /// The next place at which a command may begin; `end` when there is none in this piece.
    private static int seek(byte[] bytes, int from, int end) {
        for (int at = from; at < end; at++) {
            if (bytes[at] == '*'
                    && (at == from || bytes[at - 1] == '\n')
                    && RespShape.commandNameAt(bytes, at, end) > 0) {
                return at;
            }
        }
        return end;
    }
}
