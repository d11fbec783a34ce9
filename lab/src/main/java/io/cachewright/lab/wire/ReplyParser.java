package io.cachewright.lab.wire;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads replies from bytes that arrive in any pieces.
///
/// What a header announces is never allocated ahead: memory grows with the bytes that did arrive, and stops at the
/// [ReplyLimits]. Work is linear in the bytes fed, however they are chopped.
public final class ReplyParser {

    private static final int BUFFER_BYTES = 16 << 10;

    /// Bytes whose decimal digits a header may have: a sign and the digits of a `long`.
    private static final int NUMBER_BYTES_MAX = 20;

    private final ReplyLimits limits;
    private final Deque<Aggregate> open = new ArrayDeque<>();
    private byte[] bytes = new byte[BUFFER_BYTES];
    private int start;
    private int end;

    /// Where the search for the end of the line goes on.
    private int scanned;

    /// The string whose header was read and whose bytes are awaited; 0 when none is.
    private byte pendingType;

    private int pendingLength;
    private int elements;

    public ReplyParser(ReplyLimits limits) {
        this.limits = limits;
    }

    public ReplyParser() {
        this(ReplyLimits.GENEROUS);
    }

    /// Takes all remaining bytes of `input`.
    public void feed(ByteBuffer input) {
        int count = input.remaining();
        makeRoomFor(count);
        input.get(bytes, end, count);
        end += count;
    }

    /// The next whole reply, or empty until more bytes are fed.
    public Optional<Reply> next() throws MalformedReply {
        while (true) {
            int before = start;
            Reply part = pendingType == 0 ? readLine() : readString();
            if (part != null) {
                Optional<Reply> whole = complete(part);
                if (whole.isPresent()) {
                    elements = 0;
                    return whole;
                }
            } else if (start == before) {
                return Optional.empty();
            }
        }
    }

    /// A part that is one line, or null: the line is not whole yet, or it is a header whose content follows.
    private @Nullable Reply readLine() throws MalformedReply {
        int lineFeed = -1;
        for (int i = Math.max(scanned, start); i < end; i++) {
            if (bytes[i] == '\n') {
                lineFeed = i;
                break;
            }
        }
        if (lineFeed < 0) {
            scanned = end;
            if (end - start > limits.lineBytesMax()) {
                throw new MalformedReply("a line is longer than " + limits.lineBytesMax() + " bytes");
            }
            return null;
        }
        int lineStart = start;
        if (lineFeed - lineStart > limits.lineBytesMax()) {
            throw new MalformedReply("a line is longer than " + limits.lineBytesMax() + " bytes");
        }
        if (lineFeed - lineStart < 2 || bytes[lineFeed - 1] != '\r') {
            throw new MalformedReply("a line does not end with CR LF");
        }
        start = lineFeed + 1;
        scanned = start;
        return header(bytes[lineStart], lineStart + 1, lineFeed - 1);
    }

    private @Nullable Reply header(byte type, int from, int to) throws MalformedReply {
        return switch (type) {
            case '+' -> new Reply.Simple(text(from, to));
            case '-' -> new Reply.Error(text(from, to));
            case ':' -> new Reply.Int(number(from, to));
            case '_' -> new Reply.Null();
            case ',' -> new Reply.Decimal(decimal(text(from, to)));
            case '#' -> new Reply.Bool(truth(text(from, to)));
            case '(' -> new Reply.BigNumber(bigNumber(text(from, to)));
            case '$', '=', '!' -> openString(type, number(from, to));
            case '*', '~', '%', '>', '|' -> openAggregate(type, number(from, to));
            default -> throw new MalformedReply("a reply cannot start with byte " + (type & 0xff));
        };
    }

    private @Nullable Reply openString(byte type, long length) throws MalformedReply {
        if (length == -1 && type == '$') {
            return new Reply.Null();
        }
        if (length < 0 || length > limits.bulkBytesMax()) {
            throw new MalformedReply("a string of " + length + " bytes is beyond the limit");
        }
        pendingType = type;
        pendingLength = (int) length;
        return null;
    }

    private @Nullable Reply openAggregate(byte type, long announced) throws MalformedReply {
        if (announced == -1 && type == '*') {
            return new Reply.Null();
        }
        boolean isPaired = type == '%' || type == '|';
        if (announced < 0 || announced > limits.elementsMax()) {
            throw new MalformedReply("an aggregate of " + announced + " elements is beyond the limit");
        }
        long count = isPaired ? 2 * announced : announced;
        if (elements + count > limits.elementsMax()) {
            throw new MalformedReply("a reply of more than " + limits.elementsMax() + " elements is beyond the limit");
        }
        elements += (int) count;
        if (open.size() >= limits.depthMax()) {
            throw new MalformedReply("a reply is nested deeper than " + limits.depthMax());
        }
        Aggregate aggregate = new Aggregate(type, (int) count, new ArrayList<>());
        if (count == 0 && type != '|') {
            return aggregate.toReply();
        }
        if (count > 0) {
            open.push(aggregate);
        }
        return null;
    }

    private @Nullable Reply readString() throws MalformedReply {
        if (end - start < pendingLength + 2) {
            return null;
        }
        int to = start + pendingLength;
        if (bytes[to] != '\r' || bytes[to + 1] != '\n') {
            throw new MalformedReply("a string does not end with CR LF");
        }
        Reply reply = switch (pendingType) {
            case '$' -> new Reply.Bulk(Arrays.copyOfRange(bytes, start, to));
            case '!' -> new Reply.Error(text(start, to));
            default -> verbatim(text(start, to));
        };
        start = to + 2;
        scanned = start;
        pendingType = 0;
        return reply;
    }

    /// Puts a finished part where it belongs: into the aggregate being read, which may finish that one too.
    private Optional<Reply> complete(Reply part) {
        Reply done = part;
        while (!open.isEmpty()) {
            Aggregate innermost = open.element();
            innermost.parts().add(done);
            if (innermost.parts().size() < innermost.count()) {
                return Optional.empty();
            }
            open.pop();
            if (innermost.type() == '|') {
                // An attribute only annotates the reply that follows it.
                return Optional.empty();
            }
            done = innermost.toReply();
        }
        return Optional.of(done);
    }

    private void makeRoomFor(int count) {
        if (start == end) {
            start = 0;
            end = 0;
            scanned = 0;
        }
        if (bytes.length - end >= count) {
            return;
        }
        int kept = end - start;
        byte[] target = bytes;
        if (bytes.length - kept < count || kept > bytes.length / 2) {
            target = new byte[Math.max(Math.addExact(kept, count), 2 * kept)];
        }
        System.arraycopy(bytes, start, target, 0, kept);
        scanned -= start;
        start = 0;
        end = kept;
        bytes = target;
    }

    private String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    private long number(int from, int to) throws MalformedReply {
        if (to - from > NUMBER_BYTES_MAX) {
            throw new MalformedReply("a number has more than " + NUMBER_BYTES_MAX + " bytes");
        }
        String digits = text(from, to);
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException _) {
            throw new MalformedReply("not a number: " + printable(digits));
        }
    }

    private static double decimal(String text) throws MalformedReply {
        return switch (text) {
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            case "nan", "-nan" -> Double.NaN;
            default -> {
                try {
                    yield Double.parseDouble(text);
                } catch (NumberFormatException _) {
                    throw new MalformedReply("not a number: " + printable(text));
                }
            }
        };
    }

    private static boolean truth(String text) throws MalformedReply {
        return switch (text) {
            case "t" -> true;
            case "f" -> false;
            default -> throw new MalformedReply("not a boolean: " + printable(text));
        };
    }

    /// Digits of a big number that are read; parsing is quadratic, and no server sends more.
    private static final int BIG_NUMBER_DIGITS_MAX = 1_000;

    private static BigInteger bigNumber(String text) throws MalformedReply {
        try {
            if (text.length() <= BIG_NUMBER_DIGITS_MAX) {
                return new BigInteger(text);
            }
        } catch (NumberFormatException _) {
            // Told below.
        }
        throw new MalformedReply("not a big number: " + printable(text));
    }

    private static Reply verbatim(String text) throws MalformedReply {
        if (text.length() < 4 || text.charAt(3) != ':') {
            throw new MalformedReply("a verbatim string has no format");
        }
        return new Reply.Verbatim(text.substring(0, 3), text.substring(4));
    }

    private static String printable(String text) {
        String cleaned = text.replaceAll("[^ -~]", "?");
        return cleaned.length() <= 40 ? cleaned : cleaned.substring(0, 40) + "…";
    }

    /// An array, set, map, push or attribute of which parts are still to come.
    private record Aggregate(byte type, int count, List<Reply> parts) {

        Reply toReply() {
            return switch (type) {
                case '*' -> new Reply.Array(parts);
                case '~' -> new Reply.Set(parts);
                case '%' -> new Reply.Map(parts);
                default -> new Reply.Push(parts);
            };
        }
    }
}
