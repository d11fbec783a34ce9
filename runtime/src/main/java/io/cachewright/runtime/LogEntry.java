package io.cachewright.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One logged write.
///
/// @param id of the stream entry, which is the version of the value too
/// @param mark unique to the write
record LogEntry(String id, String key, String mark) {

    static final String KEY_FIELD = "k";
    static final String MARK_FIELD = "w";

    /// Reads the answer to `XRANGE` or `XREVRANGE`; empty when any of it is none of ours, since then the log
    /// tells nothing.
    static Optional<List<LogEntry>> parse(List<Object> answer) {
        List<LogEntry> entries = new ArrayList<>(answer.size());
        for (Object part : answer) {
            if (!(part instanceof List<?> entry
                    && entry.size() == 2
                    && entry.get(1) instanceof List<?> fields
                    && fields.size() == 4
                    && Primary.text(fields.get(0)).equals(KEY_FIELD)
                    && Primary.text(fields.get(2)).equals(MARK_FIELD))) {
                return Optional.empty();
            }
            entries.add(
                    new LogEntry(Primary.text(entry.get(0)), Primary.text(fields.get(1)), Primary.text(fields.get(3))));
        }
        return Optional.of(entries);
    }
}
