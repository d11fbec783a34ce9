package io.cachewright.optimizer.offline;

import io.cachewright.domain.Engine;
import io.cachewright.domain.Reading;
import io.cachewright.domain.Reading.Cause;
import io.cachewright.optimizer.evidence.ValueFacts;
import io.cachewright.optimizer.inspect.ValueInspection;
import io.cachewright.snapshot.rdb.StoredValue;
import io.cachewright.snapshot.rdb.ValueReader;
import java.nio.file.Path;
import java.util.List;

/// Looks at values where they stand in an RDB file, as far as a live look would, and keeps facts only.
final class StoredFacts implements AutoCloseable {

    private static final ValueReader.Limits LIMITS =
            new ValueReader.Limits(ValueFacts.ELEMENTS_LOOKED_AT_MAX, 64 << 10, 4_096);

    private final ValueReader values;

    private StoredFacts(ValueReader values) {
        this.values = values;
    }

    static StoredFacts of(Path rdb, Engine engine) {
        return new StoredFacts(ValueReader.open(rdb, engine, LIMITS));
    }

    /// Of the key whose type stands at that byte.
    Reading<ValueFacts> of(long from) {
        return switch (values.at(from)) {
            case StoredValue.Text(var head, long length) -> Reading.known(ValueInspection.ofString(head, length));
            case StoredValue.Listed(var elements) -> Reading.known(ValueInspection.ofList(elements));
            case StoredValue.Members(var members) -> Reading.known(ValueInspection.ofSet(members));
            case StoredValue.Scored(var scored) -> sortedSet(scored);
            case StoredValue.Fields(var fields) -> Reading.known(ValueInspection.ofHash(fields));
            case StoredValue.Stream(var newest, long entries, int groups, long pending, long lag) ->
                Reading.known(ValueInspection.ofStream(newest, new ValueFacts.Stream(entries, groups, pending, lag)));
            case StoredValue.Unread(String reason) -> Reading.unavailable(Cause.NOT_COLLECTED, reason);
        };
    }

    private static Reading<ValueFacts> sortedSet(List<byte[]> membersAndScores) {
        try {
            return Reading.known(ValueInspection.ofSortedSet(membersAndScores));
        } catch (NumberFormatException _) {
            return Reading.unavailable(Cause.FAILED, "one of its scores is no number");
        }
    }

    @Override
    public void close() {
        values.close();
    }
}
