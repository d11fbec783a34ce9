package io.cachewright.optimizer.offline;

import io.cachewright.domain.keys.KeyGroup;
import io.cachewright.domain.keys.KeyGrouping;
import io.cachewright.optimizer.prove.FamilySample;
import io.cachewright.snapshot.rdb.RdbWalker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Samples of a snapshot's families with their content, for servers to be loaded with.
///
/*
 * One pass over the file picks keys by the hash of their names, so that the same file gives the same sample. Their bytes
 * are then copied as they are into a small RDB file, and a server of this machine reads that: what it answers is what the
 * keys hold, whatever version and encoding wrote them.
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
    /// @throws SampleUnreadable when no server of this machine reads the file's format
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
        try (SampleServer server = SampleServer.holding(
                rdb, chosen.stream().flatMap(one -> one.keys().stream()).toList())) {
            List<FamilySample> samples = new ArrayList<>();
            for (Chosen one : chosen) {
                List<FamilySample.Key> keys = server.read(one.keys());
                if (!keys.isEmpty()) {
                    double keysPerSample = one.familyKeys() / picked.share() / keys.size();
                    samples.add(new FamilySample(one.pattern(), one.type(), keysPerSample, keys));
                }
            }
            return samples;
        }
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
