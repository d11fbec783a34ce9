package io.cachewright.capture.packet;

import io.cachewright.capture.command.ReplyType;
import java.nio.charset.StandardCharsets;

/// Measures replies in the bytes that a server sends, in any pieces: RESP2 and RESP3. Nothing of a reply is kept
/// but its type, its sizes, and the short texts by which messages of publish and subscribe are told from answers.
final class ReplyParser {

    /// Who is told of each reply.
    interface Sink {

        /// A reply is complete; the parser's methods tell about it until this returns.
        void reply(ReplyParser reply);

        /// Replies may be missing here.
        void repliesLost(String reason);
    }

    private enum State {
        SEEKING,
        START,
        NUMBER,
        TEXT,
        BODY,
        BODY_END
    }

    /// Far more than any command answers.
    private static final int DEPTH_MAX = 128;

    private static final int TEXT_KEPT = 64;
    private static final int TEXT_BYTES_MAX = 64 << 20;

    private final Sink sink;
    private State state;
    private long position;

    private byte type;
    private long number;
    private int digits;
    private boolean isNegative;
    private long bodyLeft;
    private final byte[] text = new byte[TEXT_KEPT];
    private int textLength;

    private final long[] left = new long[DEPTH_MAX];
    private final boolean[] isAttribute = new boolean[DEPTH_MAX];
    private int depth;

    private boolean isInside;
    private long replyStart;
    private long replyBytes;
    private long firstNanos;
    private long lastNanos;
    private int acknowledged;
    private byte topType;
    private long topLength;
    private long topElements;
    private final byte[] firstElement = new byte[16];
    private int firstElementLength;
    private long thirdElement;

    ReplyParser(Sink sink, boolean isUnderWay) {
        this.sink = sink;
        this.state = isUnderWay ? State.SEEKING : State.START;
    }

    /// Whether the next byte begins a reply, as far as is known.
    boolean isBetweenReplies() {
        return state == State.START && !isInside;
    }

    /// The type of the reply that is complete.
    ReplyType replyType() {
        return switch (topType) {
            case '+' -> textIs("QUEUED") ? ReplyType.QUEUED : ReplyType.STATUS;
            case '-', '!' -> ReplyType.ERROR;
            case ':' -> ReplyType.INTEGER;
            case '$' -> topLength < 0 ? ReplyType.NULL : ReplyType.STRING;
            case '=' -> ReplyType.STRING;
            case '*' -> topLength < 0 ? ReplyType.NULL : ReplyType.ARRAY;
            case '%' -> ReplyType.MAP;
            case '~' -> ReplyType.SET;
            case '>' -> ReplyType.PUSH;
            case '_' -> ReplyType.NULL;
            case ',' -> ReplyType.DOUBLE;
            case '#' -> ReplyType.BOOLEAN;
            default -> ReplyType.BIG_NUMBER;
        };
    }

    /// As [io.cachewright.capture.command.Answer#length] has it.
    long length() {
        return switch (topType) {
            case '$', '=', '!', '*', '%', '~', '>' -> Math.max(0, topLength);
            case ':' -> topLength;
            default -> 0;
        };
    }

    long replyBytes() {
        return replyBytes;
    }

    long firstNanos() {
        return firstNanos;
    }

    long lastNanos() {
        return lastNanos;
    }

    /// What the server had received when it sent the first byte of the reply: the command it answers is before that.
    int acknowledged() {
        return acknowledged;
    }

    /// Whether the first element of the aggregate is that word, in lower case.
    boolean firstIs(String word) {
        if (firstElementLength != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (firstElement[i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// The third element where it is an integer, else -1.
    long thirdElement() {
        return thirdElement;
    }

    /// Whether the status or error is that text.
    boolean textIs(String wanted) {
        return textLength == wanted.length()
                && new String(text, 0, textLength, StandardCharsets.US_ASCII).equals(wanted);
    }

    boolean textStartsWithDigit() {
        return textLength > 0 && text[0] >= '0' && text[0] <= '9';
    }

    void bytes(byte[] bytes, int from, int length, long timeNanos, int acknowledgedHere) {
        int end = from + length;
        int at = from;
        while (at < end) {
            switch (state) {
                case SEEKING -> {
                    // Replies are looked for where segments begin only: within one, too much looks like a reply.
                    if (at > from || !RespShape.isReply(bytes, at, end)) {
                        at = end;
                    } else {
                        state = State.START;
                    }
                }
                case START -> {
                    if (!isInside) {
                        begin(position + (at - from), timeNanos, acknowledgedHere);
                    }
                    at = start(bytes, at);
                }
                case NUMBER -> {
                    at = number(bytes, at, end);
                    if (digits < 0) {
                        numberRead(at - from, timeNanos);
                    }
                }
                case TEXT -> {
                    byte one = bytes[at++];
                    if (one == '\n') {
                        elementRead(at - from, timeNanos);
                    } else if (one != '\r') {
                        if (textLength < TEXT_KEPT) {
                            text[textLength] = one;
                        }
                        if (++textLength > TEXT_BYTES_MAX) {
                            fail("a line without an end");
                        }
                    }
                }
                case BODY -> {
                    int more = (int) Math.min(bodyLeft, end - at);
                    keepText(bytes, at, more);
                    at += more;
                    bodyLeft -= more;
                    if (bodyLeft == 0) {
                        bodyLeft = 2;
                        state = State.BODY_END;
                    }
                }
                case BODY_END -> {
                    if (bytes[at] != (bodyLeft == 2 ? '\r' : '\n')) {
                        fail("a string does not end with a line end");
                    } else {
                        at++;
                        if (--bodyLeft == 0) {
                            elementRead(at - from, timeNanos);
                        }
                    }
                }
            }
        }
        position += length;
    }

    void lost(long count) {
        if (count > 0) {
            position += count;
        }
        if (state == State.BODY && count > 0 && count < bodyLeft) {
            bodyLeft -= count;
        } else {
            fail("packets are missing");
        }
    }

    private void fail(String reason) {
        state = State.SEEKING;
        isInside = false;
        depth = 0;
        sink.repliesLost(reason);
    }

    private void begin(long start, long timeNanos, int acknowledgedHere) {
        isInside = true;
        replyStart = start;
        firstNanos = timeNanos;
        acknowledged = acknowledgedHere;
        topType = 0;
        topLength = 0;
        topElements = 0;
        firstElementLength = 0;
        thirdElement = -1;
    }

    private int start(byte[] bytes, int at) {
        type = bytes[at];
        textLength = 0;
        switch (type) {
            case '+', '-', ',', '#', '(', '_' -> state = State.TEXT;
            case ':', '$', '*', '%', '~', '>', '=', '!', '|' -> {
                number = 0;
                digits = 0;
                isNegative = false;
                state = State.NUMBER;
            }
            default -> fail("bytes that are no reply");
        }
        if (depth == 0 && type != '|') {
            topType = type;
        }
        return at + 1;
    }

    private int number(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end) {
            byte one = bytes[at++];
            if (one >= '0' && one <= '9' && digits < 19) {
                number = 10 * number + (one - '0');
                digits++;
            } else if ((one == '-' || one == '+') && digits == 0 && !isNegative) {
                isNegative = one == '-';
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

    private void numberRead(int read, long timeNanos) {
        if (depth == 0) {
            topLength = type == '|' ? topLength : number;
        } else if (depth == 1 && type == ':' && topElements - left[0] == 2) {
            thirdElement = number;
        }
        switch (type) {
            case ':' -> elementRead(read, timeNanos);
            case '$', '=', '!' -> {
                if (number < 0) {
                    elementRead(read, timeNanos);
                } else {
                    bodyLeft = number == 0 ? 2 : number;
                    state = number == 0 ? State.BODY_END : State.BODY;
                }
            }
            default -> aggregate(read, timeNanos);
        }
    }

    private void aggregate(int read, long timeNanos) {
        boolean isPaired = type == '%' || type == '|';
        if (number > Integer.MAX_VALUE || depth == DEPTH_MAX) {
            fail("an aggregate of " + number + " elements at depth " + depth);
        } else if (number > 0) {
            if (depth == 0) {
                topElements = isPaired ? 2 * number : number;
            }
            left[depth] = isPaired ? 2 * number : number;
            isAttribute[depth++] = type == '|';
            state = State.START;
        } else if (type == '|') {
            state = State.START;
        } else {
            elementRead(read, timeNanos);
        }
    }

    private void keepText(byte[] bytes, int at, int more) {
        if (depth == 1 && topElements == left[0] && firstElementLength < firstElement.length) {
            int kept = Math.min(more, firstElement.length - firstElementLength);
            System.arraycopy(bytes, at, firstElement, firstElementLength, kept);
            firstElementLength += kept;
        }
    }

    private void elementRead(int read, long timeNanos) {
        state = State.START;
        while (depth > 0) {
            if (--left[depth - 1] > 0) {
                return;
            }
            depth--;
            if (isAttribute[depth]) {
                // It annotates the reply that follows, and is no element itself.
                return;
            }
        }
        isInside = false;
        lastNanos = timeNanos;
        replyBytes = position + read - replyStart;
        sink.reply(this);
    }
}
