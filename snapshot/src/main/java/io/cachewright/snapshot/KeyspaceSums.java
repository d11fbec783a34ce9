package io.cachewright.snapshot;

import io.cachewright.domain.Engine;
import io.cachewright.domain.ServerVersion;
import io.cachewright.domain.keys.KeyShapes;
import io.cachewright.snapshot.SnapshotReport.BigElement;
import io.cachewright.snapshot.memory.Allocator;
import io.cachewright.snapshot.memory.ServerMemory;
import io.cachewright.snapshot.rdb.Checksum;
import io.cachewright.snapshot.rdb.RdbFormat;
import io.cachewright.snapshot.rdb.RdbKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a part of a keyspace adds up to; parts are added to each other in the order of the file.
final class KeyspaceSums {

    /// A writer that does not say its version is taken for this one.
    private static final ServerVersion UNKNOWN_WRITER = new ServerVersion(Engine.REDIS, 7, 2, 0);

    private static final int AUXILIARY_MAX = 1_000;
    private static final int FUNCTIONS_MAX = 10_000;

    final ReportSettings settings;
    final KeyShapes shapes;
    final FamilyTally[] byPattern;
    final Biggest<KeyRow> biggestKeys;
    final Biggest<BigElement> biggestElements;
    final Map<String, String> auxiliary = new LinkedHashMap<>();
    final List<String> functions = new ArrayList<>();
    final List<String> moduleData = new ArrayList<>();
    Optional<RdbFormat> format = Optional.empty();
    Checksum checksum = Checksum.ABSENT;
    long moduleKeys;

    private final List<@Nullable FamilyTally> byShape = new ArrayList<>();
    private final Map<Integer, DatabaseTally> databases = new TreeMap<>();

    /// The database of the last key.
    private int databaseNumber = RdbKey.INHERITED;

    private @Nullable ServerMemory server;
    private @Nullable Instant at;

    /// @param shapes by which families are told apart; more are added
    KeyspaceSums(ReportSettings settings, KeyShapes shapes) {
        this.settings = settings;
        this.shapes = shapes;
        this.byPattern = new FamilyTally[settings.patterns().families().size()];
        Arrays.setAll(byPattern, _ -> new FamilyTally());
        this.biggestKeys = new Biggest<>(settings.biggestKeys());
        this.biggestElements = new Biggest<>(settings.biggestElements());
    }

    /// The server that is modelled.
    ServerMemory server() {
        if (server == null) {
            server = settings.server()
                    .orElseGet(() -> new ServerMemory(
                            SnapshotWriter.version(auxiliary).orElse(UNKNOWN_WRITER), Allocator.JEMALLOC_BUNDLED));
        }
        return server;
    }

    /// The moment that times to live count from.
    Instant at() {
        if (at == null) {
            at = settings.at().or(() -> SnapshotWriter.wroteAt(auxiliary)).orElseGet(Instant::now);
        }
        return at;
    }

    void addAuxiliary(String name, String value) {
        if (auxiliary.size() < AUXILIARY_MAX) {
            auxiliary.put(name, value);
        }
    }

    void addFunction(String code) {
        if (functions.size() < FUNCTIONS_MAX) {
            functions.add(code);
        }
    }

    void addModuleData(String module) {
        if (!moduleData.contains(module) && moduleData.size() < AUXILIARY_MAX) {
            moduleData.add(module);
        }
    }

    /// Those with keys, by number; that of [RdbKey#INHERITED] is not known here.
    Map<Integer, DatabaseTally> databases() {
        return databases;
    }

    /// The database that the next keys are in.
    DatabaseTally select(int number) {
        databaseNumber = number;
        return databases.computeIfAbsent(number, _ -> new DatabaseTally());
    }

    FamilyTally ofShape(int shape) {
        while (byShape.size() <= shape) {
            byShape.add(null);
        }
        FamilyTally tally = byShape.get(shape);
        if (tally == null) {
            tally = new FamilyTally();
            byShape.set(shape, tally);
        }
        return tally;
    }

    /// The shapes that keys have which are of no pattern.
    List<Integer> shapesSeen() {
        List<Integer> seen = new ArrayList<>();
        for (int shape = 0; shape < byShape.size(); shape++) {
            if (byShape.get(shape) != null) {
                seen.add(shape);
            }
        }
        return seen;
    }

    DatabaseTally all() {
        DatabaseTally all = new DatabaseTally();
        databases.values().forEach(all::add);
        return all;
    }

    /// Adds what follows in the file.
    void add(KeyspaceSums next) {
        int[] shapeHere = shapes.add(next.shapes);
        for (int shape : next.shapesSeen()) {
            ofShape(shapeHere[shape]).add(next.ofShape(shape));
        }
        for (int i = 0; i < byPattern.length; i++) {
            byPattern[i].add(next.byPattern[i]);
        }
        int inherited = databaseNumber;
        next.databases.forEach((number, database) ->
                select(number == RdbKey.INHERITED ? inherited : number).add(database));
        databaseNumber = next.databaseNumber == RdbKey.INHERITED ? inherited : next.databaseNumber;
        biggestKeys.add(next.biggestKeys, key -> key.database() == RdbKey.INHERITED ? key.inDatabase(inherited) : key);
        biggestElements.add(
                next.biggestElements,
                element -> element.database() == RdbKey.INHERITED ? element.inDatabase(inherited) : element);
        next.auxiliary.forEach(this::addAuxiliary);
        next.functions.forEach(this::addFunction);
        next.moduleData.forEach(this::addModuleData);
        format = format.or(() -> next.format);
        checksum = next.checksum;
        moduleKeys += next.moduleKeys;
    }
}
