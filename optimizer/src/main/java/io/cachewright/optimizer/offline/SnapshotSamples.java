package io.cachewright.optimizer.offline;

import io.cachewright.domain.keys.KeyGroup;
import io.cachewright.domain.keys.KeyGrouping;
import io.cachewright.optimizer.prove.FamilySample;
import io.cachewright.snapshot.rdb.RdbWalker;
import io.cachewright.snapshot.rdb.StoredValue;
import io.cachewright.snapshot.rdb.ValueReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Samples of a snapshot's families with their content, for servers to be loaded with.
///
/*
 * One pass over the file picks keys by the hash of their names, so that the same file gives the same sample. What they
 * hold is then read where they stand.
 */
public final class SnapshotSamples {

    /// Families beyond these weigh too little to be worth a measurement.
    private static final int FAMILIES_MAX = 8;

    private static final int KEYS_PER_FAMILY = 200;

    /// What a family brings to the sample, in bytes of the file.
    private static final long BYTES_PER_FAMILY = 4L << 20;

    private SnapshotSamples() {}

    /// Samples of the families whose encoding follows from parameters, largest in the file first.
    ///
    /// @throws io.cachewright.snapshot.rdb.MalformedSnapshot when the file cannot be walked to its end
    public static List<FamilySample> of(Path rdb, RdbWalker.Progress progress) {
        PickedKeys picked = PickedKeys.from(rdb, progress);
        List<KeyGroup<PickedKeys.Picked>> families =
                KeyGrouping.by(PickedKeys.Picked::text).sampled(picked.share()).group(picked.keys());
        List<Chosen> chosen = families.stream()
                .map(SnapshotSamples::choose)
                .sorted(Comparator.comparingLong(Chosen::familyBytes).reversed())
                .limit(FAMILIES_MAX)
                .toList();
        if (chosen.isEmpty()) {
            return List.of();
        }
        try (ValueReader values = ValueReader.open(rdb, picked.engine(), ValueReader.Limits.NONE)) {
            List<FamilySample> samples = new ArrayList<>();
            for (Chosen one : chosen) {
                List<FamilySample.Key> keys = one.keys().stream()
                        .flatMap(key -> parts(values.at(key.from())).stream()
                                .map(parts -> new FamilySample.Key(key.name(), parts)))
                        .toList();
                if (!keys.isEmpty()) {
                    double keysPerSample = one.familyKeys() / picked.share() / keys.size();
                    samples.add(new FamilySample(one.pattern(), one.type(), keysPerSample, keys));
                }
            }
            return samples;
        }
    }

    /// Empty for a value that is not read.
    private static Optional<List<byte[]>> parts(StoredValue value) {
        return switch (value) {
            case StoredValue.Listed(List<byte[]> elements) -> Optional.of(elements);
            case StoredValue.Members(List<byte[]> members) -> Optional.of(members);
            case StoredValue.Scored(List<byte[]> membersAndScores) -> Optional.of(membersAndScores);
            case StoredValue.Fields(List<byte[]> fieldsAndValues) -> Optional.of(fieldsAndValues);
            case StoredValue.Text _, StoredValue.Stream _, StoredValue.Unread _ -> Optional.empty();
        };
    }

    /// @param familyKeys of this type among all that were picked
    private record Chosen(
            String pattern,
            FamilySample.Type type,
            double familyKeys,
            long familyBytes,
            List<PickedKeys.Picked> keys) {}

    /// Keys of the family's main type; in the order of their hashes, which is none.
    private static Chosen choose(KeyGroup<PickedKeys.Picked> family) {
        Map<FamilySample.Type, List<PickedKeys.Picked>> byType = new EnumMap<>(FamilySample.Type.class);
        family.members()
                .forEach(key -> byType.computeIfAbsent(key.type(), _ -> new ArrayList<>())
                        .add(key));
        List<PickedKeys.Picked> main = byType.values().stream()
                .max(Comparator.comparingInt(List::size))
                .orElseThrow();
        List<PickedKeys.Picked> kept = new ArrayList<>();
        long bytes = 0;
        for (PickedKeys.Picked key : main) {
            if (kept.size() == KEYS_PER_FAMILY || (!kept.isEmpty() && bytes + key.length() > BYTES_PER_FAMILY)) {
                break;
            }
            kept.add(key);
            bytes += key.length();
        }
        return new Chosen(
                family.pattern(),
                main.getFirst().type(),
                main.size(),
                main.stream().mapToLong(PickedKeys.Picked::length).sum(),
                kept);
    }
}
