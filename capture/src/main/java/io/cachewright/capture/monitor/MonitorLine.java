package io.cachewright.capture.monitor;

import io.cachewright.capture.command.Arguments;
import io.cachewright.capture.command.CaptureLimits;
import io.cachewright.capture.command.CapturedCommand;
import java.util.Optional;

/// Takes one line of MONITOR apart:
///
/// ```
/// 1795697820.419561 [3 127.0.0.1:49802] "get" "a b\x01\n"
/// ```
///
/*
 * The servers write it in replicationFeedMonitors: seconds and six digits, the database and where the command came
 * from (an address, `unix:` and a path, or `lua`), then each argument as sdscatrepr quotes it: `\\` `\"` `\n` `\r` `\t`
 * `\a` `\b`, other unprintable bytes as `\xhh`, and all else as it is.
 *
 * Valkey 8.1.0 and 8.1.1 leave quotes and backslashes as they are (valkey issue 2035). A line that cannot be read by
 * the rules is therefore read once more as such a server writes it: there an argument ends at a quote that is followed
 * by a blank and a quote, or by the end of the line. What was meant by `" "` within an argument, or by a backslash
 * before a letter, cannot be known then.
 */
final class MonitorLine {

    private static final int MICROS_DIGITS = 6;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    /// Seconds until the year 2262, where nanoseconds since 1970 end.
    private static final long SECONDS_MAX = Long.MAX_VALUE / NANOS_PER_SECOND;

    private final Clients clients = new Clients();
    private final Arguments.Builder builder;
    private byte[] line = new byte[0];
    private int at;
    private int end;
    private long unescapedLines;

    MonitorLine(CaptureLimits limits) {
        this.builder = limits.newBuilder();
    }

    /// Why a line is none.
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        Malformed(String problem) {
            super(problem, null, false, false);
        }
    }

    /// What the line in `bytes`, from `from` to `to`, says; empty for the `OK` that MONITOR itself is answered, and
    /// for empty lines.
    Optional<CapturedCommand> parse(byte[] bytes, int from, int to) throws Malformed {
        line = bytes;
        at = from;
        end = to;
        if (at < end && line[end - 1] == '\r') {
            end--;
        }
        if (at < end && line[at] == '+') {
            at++;
        }
        if (at == end || (end - at == 2 && line[at] == 'O' && line[at + 1] == 'K')) {
            return Optional.empty();
        }
        builder.clear();
        long timeNanos = time();
        expect(' ', "a blank after the time");
        expect('[', "the database in brackets");
        int database = (int) digits(9, "the number of the database");
        expect(' ', "a blank after the database");
        int address = at;
        int addressEnd = endOfAddress();
        at = addressEnd + 1;
        expect(' ', "a blank after the address");
        int firstArgument = at;
        try {
            arguments(false);
        } catch (Malformed byTheRules) {
            builder.clear();
            at = firstArgument;
            if (!arguments(true)) {
                throw byTheRules;
            }
            unescapedLines++;
        }
        var client = clients.of(line, address, addressEnd);
        Arguments arguments = builder.build();
        return Optional.of(
                new CapturedCommand(timeNanos, client, database, arguments, arguments.wireBytes(), Optional.empty()));
    }

    private long time() throws Malformed {
        long seconds = digits(12, "a time");
        if (seconds > SECONDS_MAX) {
            throw new Malformed("the time is beyond the year 2262");
        }
        expect('.', "the fraction of the time");
        int start = at;
        long micros = digits(MICROS_DIGITS, "the fraction of the time");
        for (int i = at - start; i < MICROS_DIGITS; i++) {
            micros *= 10;
        }
        return seconds * NANOS_PER_SECOND + micros * 1_000;
    }

    private long digits(int max, String what) throws Malformed {
        long number = 0;
        int start = at;
        while (at < end && line[at] >= '0' && line[at] <= '9') {
            if (at - start == max) {
                throw new Malformed(what + " has more than " + max + " digits");
            }
            number = 10 * number + (line[at++] - '0');
        }
        if (at == start) {
            throw new Malformed(what + " is missing");
        }
        return number;
    }

    private void expect(char wanted, String what) throws Malformed {
        if (at >= end || line[at] != wanted) {
            throw new Malformed(what + " is missing");
        }
        at++;
    }

    /// An IPv6 address and the path of a socket may hold brackets: the address ends before `] "`.
    private int endOfAddress() throws Malformed {
        for (int i = at; i + 2 < end; i++) {
            if (line[i] == ']' && line[i + 1] == ' ' && line[i + 2] == '"') {
                return i;
            }
        }
        throw new Malformed("the address does not end before the first argument");
    }

    /// @param isUnescaped whether quotes and backslashes stand for themselves
    /// @return false when the line is none even so
    private boolean arguments(boolean isUnescaped) throws Malformed {
        while (true) {
            expect('"', "an opening quote");
            if (isUnescaped) {
                if (!unescapedArgument()) {
                    return false;
                }
            } else {
                argument();
            }
            if (at == end) {
                return true;
            }
            expect(' ', "a blank after an argument");
        }
    }

    private void argument() throws Malformed {
        while (true) {
            int run = at;
            while (at < end && line[at] != '"' && line[at] != '\\') {
                at++;
            }
            if (at > run) {
                builder.append(line, run, at - run);
            }
            if (at == end) {
                throw new Malformed("the closing quote of argument " + builder.count() + " is missing");
            }
            if (line[at++] == '"') {
                builder.end();
                return;
            }
            if (at == end) {
                throw new Malformed("the line ends inside an escape");
            }
            int escaped = escaped();
            if (escaped < 0) {
                throw new Malformed("a backslash that is not followed by an escape of MONITOR");
            }
            builder.append((byte) escaped);
        }
    }

    private boolean unescapedArgument() {
        while (at < end) {
            byte one = line[at++];
            if (one == '"' && (at == end || (at + 1 < end && line[at] == ' ' && line[at + 1] == '"'))) {
                builder.end();
                return true;
            }
            if (one == '\\' && at < end && line[at] != '"' && line[at] != '\\') {
                int before = at;
                int escaped = escaped();
                if (escaped < 0) {
                    at = before;
                } else {
                    one = (byte) escaped;
                }
            }
            builder.append(one);
        }
        return false;
    }

    /// What the escape stands for whose letter is next; -1 where it is none.
    private int escaped() {
        byte letter = line[at++];
        return switch (letter) {
            case '\\', '"' -> letter;
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'a' -> 7;
            case 'b' -> '\b';
            case 'x' -> {
                int high = at < end ? Character.digit(line[at], 16) : -1;
                int low = at + 1 < end ? Character.digit(line[at + 1], 16) : -1;
                at += 2;
                yield high < 0 || low < 0 ? -1 : 16 * high + low;
            }
            default -> -1;
        };
    }

    /// How many lines were read as a server writes them that does not escape quotes.
    long unescapedLines() {
        return unescapedLines;
    }

    /// How many clients had to be forgotten because there were too many.
    int clientsForgotten() {
        return clients.forgotten();
    }
}
