package io.cachewright.capture.monitor;

import io.cachewright.capture.command.CaptureLimits;
import io.cachewright.capture.command.CapturedCommand;
import io.cachewright.capture.command.Coverage;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/// Splits bytes that arrive in any pieces into lines, and hands over what they say. Lines within a piece are read in
/// place; only one that is spread over pieces is put together.
final class MonitorReader {

    /// A command of 64 MB whose every byte is quoted as `\xhh`; a longer line is no command of a trading system.
    static final int LINE_BYTES_MAX = 256 << 20;

    private static final long MICROSECOND = 1_000;

    private final MonitorLine line;
    private final Consumer<? super CapturedCommand> commands;
    private final Coverage.Notes notes = new Coverage.Notes();
    private byte[] carried = new byte[1 << 10];
    private int carriedBytes;
    private boolean skipsLine;
    private long lines;
    private long read;
    private long count;
    private long firstNanos = Long.MAX_VALUE;
    private long lastNanos = Long.MIN_VALUE;

    MonitorReader(CaptureLimits limits, Consumer<? super CapturedCommand> commands) {
        this.line = new MonitorLine(limits);
        this.commands = commands;
    }

    void feed(byte[] chunk, int length) {
        read += length;
        int from = 0;
        while (from < length) {
            int lineFeed = indexOfLineFeed(chunk, from, length);
            if (lineFeed < 0) {
                carry(chunk, from, length);
                return;
            }
            if (skipsLine) {
                skipsLine = false;
                lines++;
            } else if (carriedBytes > 0) {
                carry(chunk, from, lineFeed);
                takeCarried();
            } else {
                take(chunk, from, lineFeed);
            }
            from = lineFeed + 1;
        }
    }

    /// @param takesRest whether what follows the last line feed is a line too; a live reading ends anywhere
    Coverage finish(boolean takesRest) {
        if (takesRest && carriedBytes > 0) {
            takeCarried();
        }
        notes.add("lines whose quotes are not escaped, read as well as can be", line.unescapedLines());
        notes.add("clients forgotten because there were too many", line.clientsForgotten());
        return new Coverage(
                count, read, count == 0 ? 0 : firstNanos, count == 0 ? 0 : lastNanos, MICROSECOND, notes.toList());
    }

    private static int indexOfLineFeed(byte[] chunk, int from, int to) {
        for (int i = from; i < to; i++) {
            if (chunk[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private void carry(byte[] chunk, int from, int to) {
        if (skipsLine) {
            return;
        }
        int more = to - from;
        if (carriedBytes + more > LINE_BYTES_MAX) {
            notes.add("malformed lines", "line " + (lines + 1) + ": longer than " + LINE_BYTES_MAX + " bytes");
            carriedBytes = 0;
            skipsLine = true;
            return;
        }
        if (carried.length - carriedBytes < more) {
            carried = Arrays.copyOf(carried, Math.max(carriedBytes + more, 2 * carried.length));
        }
        System.arraycopy(chunk, from, carried, carriedBytes, more);
        carriedBytes += more;
    }

    private void takeCarried() {
        take(carried, 0, carriedBytes);
        carriedBytes = 0;
    }

    private void take(byte[] bytes, int from, int to) {
        lines++;
        try {
            Optional<CapturedCommand> command = line.parse(bytes, from, to);
            if (command.isPresent()) {
                count++;
                firstNanos = Math.min(firstNanos, command.get().timeNanos());
                lastNanos = Math.max(lastNanos, command.get().timeNanos());
                commands.accept(command.get());
            }
        } catch (MonitorLine.Malformed e) {
            notes.add("malformed lines", "line " + lines + ": " + e.getMessage());
        }
    }
}
