package io.cachewright.capture.packet;

import io.cachewright.capture.command.Arguments;
import java.util.Optional;

/// A command that people type: words between blanks, with quotes as the servers' sdssplitargs understands them.
final class Inline {

    private Inline() {}

    /// The words of a line without its end; empty where quotes are not closed, which servers refuse.
    static Optional<Arguments> split(byte[] line, int length, Arguments.Builder builder) {
        builder.clear();
        int at = 0;
        while (true) {
            while (at < length && isBlank(line[at])) {
                at++;
            }
            if (at == length) {
                return Optional.of(builder.build());
            }
            at = word(line, at, length, builder);
            if (at < 0) {
                builder.clear();
                return Optional.empty();
            }
            builder.end();
        }
    }

    private static int word(byte[] line, int from, int length, Arguments.Builder builder) {
        int at = from;
        while (at < length && !isBlank(line[at])) {
            byte one = line[at];
            if (one == '"') {
                at = doubleQuoted(line, at + 1, length, builder);
            } else if (one == '\'') {
                at = singleQuoted(line, at + 1, length, builder);
            } else {
                builder.append(one);
                at++;
            }
            if (at < 0) {
                return -1;
            }
        }
        return at;
    }

    private static int doubleQuoted(byte[] line, int from, int length, Arguments.Builder builder) {
        int at = from;
        while (at < length) {
            byte one = line[at];
            if (one == '"') {
                return atWordEnd(line, at + 1, length);
            }
            if (one == '\\' && at + 3 < length && line[at + 1] == 'x' && hex(line, at + 2) >= 0) {
                builder.append((byte) hex(line, at + 2));
                at += 4;
            } else if (one == '\\' && at + 1 < length) {
                builder.append(escaped(line[at + 1]));
                at += 2;
            } else {
                builder.append(one);
                at++;
            }
        }
        return -1;
    }

    private static int singleQuoted(byte[] line, int from, int length, Arguments.Builder builder) {
        int at = from;
        while (at < length) {
            if (line[at] == '\\' && at + 1 < length && line[at + 1] == '\'') {
                builder.append((byte) '\'');
                at += 2;
            } else if (line[at] == '\'') {
                return atWordEnd(line, at + 1, length);
            } else {
                builder.append(line[at++]);
            }
        }
        return -1;
    }

    /// A closing quote must be followed by a blank or by nothing.
    private static int atWordEnd(byte[] line, int at, int length) {
        return at == length || isBlank(line[at]) ? at : -1;
    }

    private static int hex(byte[] line, int at) {
        int high = Character.digit(line[at], 16);
        int low = Character.digit(line[at + 1], 16);
        return high < 0 || low < 0 ? -1 : 16 * high + low;
    }

    private static byte escaped(byte letter) {
        return switch (letter) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'a' -> 7;
            default -> letter;
        };
    }

    private static boolean isBlank(byte one) {
        return one == ' ' || (one >= '\t' && one <= '\r') || one == 0;
    }
}
