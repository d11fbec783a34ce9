package io.cachewright.snapshot;

import io.cachewright.snapshot.SnapshotReport.TimeToLiveShare;
import io.cachewright.snapshot.SnapshotReport.TypeShare;
import io.cachewright.snapshot.memory.Encoding;
import io.cachewright.snapshot.memory.MemoryModel;
import io.cachewright.snapshot.rdb.ValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Sums over the keys of a database, by type and encoding and by time to live.
@SuppressWarnings("EnumOrdinal") // Arrays, as every key is counted in them.
final class DatabaseTally {

    private static final ValueType[] TYPES = ValueType.values();
    private static final Encoding[] ENCODINGS = Encoding.values();
    private static final TimeToLive[] STEPS = TimeToLive.values();

    /// By type, then encoding.
    private final Tally[] byType = tallies(TYPES.length * ENCODINGS.length);

    private final Tally[] byTimeToLive = tallies(STEPS.length);
    int slots;

    private static Tally[] tallies(int count) {
        Tally[] tallies = new Tally[count];
        Arrays.setAll(tallies, _ -> new Tally());
        return tallies;
    }

    void add(ValueType type, MemoryModel key, long fileBytes, TimeToLive timeToLive) {
        byType[type.ordinal() * ENCODINGS.length + key.encoding().ordinal()].add(key, fileBytes);
        byTimeToLive[timeToLive.ordinal()].add(key, fileBytes);
    }

    void add(DatabaseTally other) {
        Arrays.setAll(byType, i -> byType[i].and(other.byType[i]));
        Arrays.setAll(byTimeToLive, i -> byTimeToLive[i].and(other.byTimeToLive[i]));
        slots += other.slots;
    }

    Tally all() {
        Tally all = new Tally();
        Arrays.stream(byTimeToLive).forEach(all::add);
        return all;
    }

    long expiring() {
        return all().keys() - byTimeToLive[TimeToLive.NONE.ordinal()].keys();
    }

    List<TypeShare> types() {
        List<TypeShare> types = new ArrayList<>();
        for (int i = 0; i < byType.length; i++) {
            if (byType[i].keys() > 0) {
                types.add(new TypeShare(
                        TYPES[i / ENCODINGS.length], ENCODINGS[i % ENCODINGS.length], byType[i].totals()));
            }
        }
        return types;
    }

    List<TimeToLiveShare> timesToLive() {
        List<TimeToLiveShare> steps = new ArrayList<>();
        for (TimeToLive step : STEPS) {
            Tally sums = byTimeToLive[step.ordinal()];
            if (sums.keys() > 0) {
                steps.add(new TimeToLiveShare(step, sums.totals()));
            }
        }
        return steps;
    }
}
