package io.cachewright.sizing.trace;

import io.cachewright.domain.InvalidInput;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The plain access-trace format: comma-separated lines with a header, described in
/// `docs/reference/access-trace.md`.
public final class AccessTraceFile {

    private static final int PROBLEMS_MAX = 20;

    private AccessTraceFile() {}

    /// Reads the accesses of the sampled keys. Files ending in `.gz` or `.xz` are unpacked while they are read.
    ///
    /// @throws InvalidInput with the line of each of the first 20 problems
    /// @throws IOException when the file cannot be read or unpacked
    public static Trace read(Path file, KeySample sample) throws IOException {
        try (var reader = new BufferedReader(new InputStreamReader(TraceInput.open(file), StandardCharsets.UTF_8))) {
            return read(file.getFileName().toString(), reader, sample);
        }
    }

    public static Trace read(Path file) throws IOException {
        return read(file, KeySample.all());
    }

    static Trace read(String source, BufferedReader reader, KeySample sample) throws IOException {
        TraceBuilder trace = new TraceBuilder(source);
        List<String> problems = new ArrayList<>();
        AccessLine line = null;
        int number = 0;
        for (String text = reader.readLine(); text != null; text = reader.readLine()) {
            number++;
            if (text.isBlank() || text.startsWith("#")) {
                continue;
            }
            try {
                if (line == null) {
                    line = AccessLine.under(text);
                } else {
                    line.parse(text);
                    if (sample.holds(Hashing.of(line.key()))) {
                        trace.add(line.timeMicros(), line.key(), line.operation(), line.valueBytes(), line.ttlMillis());
                    }
                }
            } catch (AccessLine.Malformed e) {
                problems.add("line " + number + ": " + e.getMessage());
                if (line == null || problems.size() == PROBLEMS_MAX) {
                    break;
                }
            }
        }
        if (line == null && problems.isEmpty()) {
            problems.add("has no header line; it must name the columns, at least time and key");
        }
        if (!problems.isEmpty()) {
            throw new InvalidInput(source, problems);
        }
        return trace.build();
    }
}
