package io.cachewright.study;

import io.cachewright.capture.command.Access;
import io.cachewright.capture.command.Capture;
import io.cachewright.capture.command.Coverage;
import io.cachewright.capture.command.Key;
import io.cachewright.capture.command.KeyAccesses;
import io.cachewright.drawing.Words;
import io.cachewright.sizing.trace.Operation;
import io.cachewright.sizing.trace.Trace;
import io.cachewright.sizing.trace.TraceBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The accesses of a capture as a trace to size caches with.
///
/// @param trace accesses to keys in the order of their time; databases are told apart by the name's beginning
/// where there is more than one
/// @param notes what had to be assumed
public record CaptureTrace(Trace trace, List<String> notes) {

    private static final long NANOS_PER_MICRO = 1_000;

    public CaptureTrace {
        notes = List.copyOf(notes);
    }

    /// Reads the capture twice: a read may come before the write that tells how big its value is.
    ///
    /// @param source names it for people
    public static CaptureTrace of(Capture capture, String source) throws IOException {
        Map<Key, Seen> seen = new HashMap<>();
        capture.read(new KeyAccesses(
                access -> seen.computeIfAbsent(access.key(), _ -> new Seen()).take(access)));
        long[] known = seen.values().stream()
                .mapToLong(key -> key.bytes)
                .filter(bytes -> bytes > 0)
                .sorted()
                .toArray();
        int median = known.length == 0 ? 0 : (int) Math.min(Integer.MAX_VALUE, known[known.length / 2]);
        Builder builder = new Builder(new TraceBuilder(source), seen, median);
        Coverage coverage = capture.read(new KeyAccesses(builder::add));
        return new CaptureTrace(builder.trace.build(), builder.notes(coverage));
    }

    /// What the whole capture tells of one key.
    private static final class Seen {

        private long bytes;
        private long ttlMillis;

        void take(Access access) {
            bytes = Math.max(bytes, access.valueBytes().orElse(0));
            if (access.expiry() instanceof Access.Expiry.After(long millis) && millis > 0) {
                ttlMillis = millis;
            }
        }
    }

    private static final class Builder {

        private final TraceBuilder trace;
        private final Map<Key, Seen> seen;
        private final int medianBytes;
        private long guessed;

        Builder(TraceBuilder trace, Map<Key, Seen> seen, int medianBytes) {
            this.trace = trace;
            this.seen = seen;
            this.medianBytes = medianBytes;
        }

        void add(Access access) {
            Seen key = seen.getOrDefault(access.key(), new Seen());
            int bytes = (int) Math.min(Integer.MAX_VALUE, key.bytes);
            if (bytes == 0) {
                guessed++;
                bytes = medianBytes;
            }
            trace.add(
                    access.timeNanos() / NANOS_PER_MICRO,
                    name(access),
                    operation(access),
                    bytes,
                    ttlMillis(access, key));
        }

        List<String> notes(Coverage coverage) {
            List<String> notes = new ArrayList<>();
            if (guessed > 0) {
                notes.add(Words.count(guessed) + " of " + Words.count(trace.length())
                        + " accesses are to keys whose size the capture never shows;"
                        + " they count with the median of the others, " + medianBytes + " bytes");
            }
            if (trace.timesMovedForward() > 0) {
                notes.add(Words.count(trace.timesMovedForward())
                        + " accesses came before an earlier one by their time, and were moved");
            }
            coverage.notes().forEach(note -> notes.add(note.text()));
            return notes;
        }

        private static Operation operation(Access access) {
            return switch (access.access()) {
                case READ -> Operation.READ;
                case CHANGE, OVERWRITE -> Operation.WRITE;
                case DELETE -> Operation.DELETE;
            };
        }

        private static long ttlMillis(Access access, Seen key) {
            return switch (access.expiry()) {
                case Access.Expiry.After(long millis) -> Math.max(1, millis);
                case Access.Expiry.Never _ -> 0;
                case Access.Expiry.Unchanged _ -> key.ttlMillis;
            };
        }

        private static byte[] name(Access access) {
            byte[] key = access.key().bytes();
            if (access.database() <= 0) {
                return key;
            }
            byte[] prefix = ("db" + access.database() + "/").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            byte[] name = Arrays.copyOf(prefix, prefix.length + key.length);
            System.arraycopy(key, 0, name, prefix.length, key.length);
            return name;
        }
    }
}
