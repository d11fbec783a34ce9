package io.cachewright.optimizer.offline;

import io.cachewright.domain.Engine;
import io.cachewright.domain.ServerVersion;
import io.cachewright.domain.keys.KeyGroup;
import io.cachewright.domain.keys.KeyGrouping;
import io.cachewright.domain.keys.KeyShapes;
import io.cachewright.domain.keys.RedactedName;
import io.cachewright.snapshot.SnapshotWriter;
import io.cachewright.snapshot.memory.Allocator;
import io.cachewright.snapshot.memory.MemoryModel;
import io.cachewright.snapshot.memory.ServerMemory;
import io.cachewright.snapshot.rdb.PackedForm;
import io.cachewright.snapshot.rdb.RadixTree;
import io.cachewright.snapshot.rdb.RdbFormat;
import io.cachewright.snapshot.rdb.RdbKey;
import io.cachewright.snapshot.rdb.RdbVisitor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Counts the keys of an RDB file by the shape of their names, and keeps some keys of each shape to be looked at.
final class KeyspaceWalk implements RdbVisitor {

    /// So much is known of each candidate that more would take too much memory; of each shape fewer are kept then.
    private static final int CANDIDATES_MAX = 100_000;

    private static final int AUXILIARY_MAX = 1_000;

    /// A writer that does not say its version is taken for this one.
    private static final ServerVersion UNKNOWN_WRITER = new ServerVersion(Engine.REDIS, 7, 2, 0);

    private final KeyShapes shapes = new KeyShapes();
    private final Map<String, String> auxiliary = new HashMap<>();
    private final Map<Place, Stratum> strata = new HashMap<>();
    private Engine engine = Engine.REDIS;
    private @Nullable MemoryModel model;
    private RdbKey key = RdbKey.none();
    private Stratum stratum = new Stratum();
    private boolean isWanted;
    private byte[] name = new byte[0];
    private long hash;
    private int candidates;
    private int candidatesOfShapeMax;

    private record Place(int database, int shape) {}

    /// Keys of one shape in one database; of those that may be looked at, the one with the largest hash goes first.
    private static final class Stratum {
        private long keys;
        private final PriorityQueue<Candidate> smallest =
                new PriorityQueue<>(Comparator.comparingLong(Candidate::hash).reversed());
    }

    /// Keys of one family in one database.
    ///
    /// @param candidates in the order of their hashes, which is none
    record Family(int database, String pattern, String glob, long keys, List<Candidate> candidates) {}

    /// @param keysMax so many keys will be looked at
    KeyspaceWalk(int keysMax) {
        this.candidatesOfShapeMax = Math.max(1, keysMax);
    }

    /// What the writer noted of itself.
    Map<String, String> auxiliary() {
        return auxiliary;
    }

    Engine engine() {
        return engine;
    }

    Map<Integer, Long> keysByDatabase() {
        Map<Integer, Long> keys = new TreeMap<>();
        strata.forEach((place, own) -> keys.merge(place.database(), own.keys, Long::sum));
        return keys;
    }

    List<Family> families() {
        Map<Integer, Map<Integer, Stratum>> byShape = new TreeMap<>();
        strata.forEach((place, own) ->
                byShape.computeIfAbsent(place.shape(), _ -> new TreeMap<>()).put(place.database(), own));
        if (byShape.isEmpty()) {
            return List.of();
        }
        List<KeyGroup<Integer>> groups = KeyGrouping.<Integer>by(
                        shape -> RedactedName.ofPrintable(shapes.example(shape)).printed())
                .counting(shape -> byShape.getOrDefault(shape, Map.of()).values().stream()
                        .mapToLong(own -> own.keys)
                        .sum())
                .group(byShape.keySet());
        List<Family> families = new ArrayList<>();
        for (KeyGroup<Integer> group : groups) {
            Map<Integer, List<Stratum>> byDatabase = new TreeMap<>();
            for (int shape : group.members()) {
                byShape.getOrDefault(shape, Map.of())
                        .forEach((database, own) -> byDatabase
                                .computeIfAbsent(database, _ -> new ArrayList<>())
                                .add(own));
            }
            byDatabase.forEach((database, own) -> families.add(new Family(
                    database,
                    group.pattern(),
                    group.glob(),
                    own.stream().mapToLong(one -> one.keys).sum(),
                    own.stream()
                            .flatMap(one -> one.smallest.stream())
                            .sorted(Comparator.comparingLong(Candidate::hash))
                            .toList())));
        }
        return families;
    }

    @Override
    public void format(RdbFormat format) {
        engine = format.engine();
    }

    @Override
    public void auxiliary(String field, String value) {
        if (auxiliary.size() < AUXILIARY_MAX) {
            auxiliary.put(field, value);
        }
    }

    @Override
    public void key(RdbKey next) {
        key = next;
        hash = NameHash.of(next);
        int shape = shapes.of(next.name(), next.nameFrom(), next.nameLength());
        stratum = strata.computeIfAbsent(new Place(next.database(), shape), _ -> new Stratum());
        stratum.keys++;
        isWanted = stratum.smallest.size() < candidatesOfShapeMax
                || hash < stratum.smallest.element().hash();
        if (isWanted) {
            name = Arrays.copyOfRange(next.name(), next.nameFrom(), next.nameFrom() + next.nameLength());
            model().begin(next.type(), next.nameLength(), next.expires());
        }
    }

    private MemoryModel model() {
        if (model == null) {
            ServerVersion version = SnapshotWriter.version(auxiliary).orElse(UNKNOWN_WRITER);
            model = new MemoryModel(new ServerMemory(version, Allocator.JEMALLOC_BUNDLED));
        }
        return model;
    }

    @Override
    public void keyEnd(long fileBytes) {
        if (!isWanted) {
            return;
        }
        model().end(fileBytes);
        if (stratum.smallest.size() >= candidatesOfShapeMax) {
            stratum.smallest.remove();
            candidates--;
        }
        stratum.smallest.add(new Candidate(
                key.database(),
                name,
                hash,
                key.type(),
                model().encoding(),
                model().elements(),
                model().usage(),
                key.expiresAt(),
                key.idleSeconds(),
                key.frequency(),
                key.fileFrom()));
        candidates++;
        while (candidates > CANDIDATES_MAX && candidatesOfShapeMax > 1) {
            keepFewer();
        }
    }

    private void keepFewer() {
        candidatesOfShapeMax /= 2;
        for (Stratum one : strata.values()) {
            while (one.smallest.size() > candidatesOfShapeMax) {
                one.smallest.remove();
                candidates--;
            }
        }
    }

    @Override
    public void string(long bytes, boolean integer) {
        if (isWanted) {
            model().string(bytes, integer);
        }
    }

    @Override
    public boolean packed(PackedForm form, long bytes, long elements) {
        if (isWanted) {
            model().packed(form, bytes, elements);
        }
        return false;
    }

    @Override
    public void table(long elements) {
        if (isWanted) {
            model().table(elements);
        }
    }

    @Override
    public void element(long bytes, boolean integer) {
        if (isWanted) {
            model().element(bytes, integer);
        }
    }

    @Override
    public void field(long bytes, boolean integer, byte[] start, int startLength) {
        if (isWanted) {
            model().field(bytes, integer);
        }
    }

    @Override
    public void fieldExpiry(long at) {
        if (isWanted) {
            model().fieldExpiry();
        }
    }

    @Override
    public void streamNode(long listpackBytes) {
        if (isWanted) {
            model().streamNode(listpackBytes);
        }
    }

    @Override
    public void streamEnd(long entries, RadixTree tree) {
        if (isWanted) {
            model().streamEnd(entries, tree);
        }
    }

    @Override
    public void group(long nameBytes, RadixTree pending) {
        if (isWanted) {
            model().group(pending);
        }
    }

    @Override
    public void consumer(long nameBytes, RadixTree pending) {
        if (isWanted) {
            model().consumer(nameBytes, pending);
        }
    }
}
