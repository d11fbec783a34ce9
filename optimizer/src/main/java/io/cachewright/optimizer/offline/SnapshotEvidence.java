package io.cachewright.optimizer.offline;

import io.cachewright.domain.Reading;
import io.cachewright.domain.Reading.Cause;
import io.cachewright.domain.keys.RedactedName;
import io.cachewright.optimizer.evidence.Evidence;
import io.cachewright.optimizer.evidence.KeyStratum;
import io.cachewright.optimizer.evidence.KeyspaceSample;
import io.cachewright.optimizer.evidence.ProbeCost;
import io.cachewright.optimizer.evidence.SampledKey;
import io.cachewright.optimizer.inspect.LookShares;
import io.cachewright.snapshot.SnapshotReader;
import io.cachewright.snapshot.SnapshotWriter;
import io.cachewright.snapshot.rdb.RdbWalker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Turns a snapshot into the evidence of a deployment, so that the same rules judge it: the keyspace as a
/// live look would have found it, with every key counted, and everything else unavailable, since a file
/// of keys does not tell it.
///
/*
 * One pass counts the keys by the shapes of their names and models the memory of some of each shape; shapes then become
 * families as in a profile. Of each family some keys are looked at, as many as a live look would, their values being
 * read where they stand in the file.
 */
public final class SnapshotEvidence {

    /// @param keysMax how many keys are looked at, over all families
    /// @param collectedWith the version of Cachewright
    public record Settings(int keysMax, String collectedWith, RdbWalker.Progress progress) {}

    private static final String SOURCE = "a snapshot";

    private SnapshotEvidence() {}

    /// Reads an RDB file, an append-only file that begins with one, or a directory or manifest of an append-only set.
    ///
    /// @throws io.cachewright.snapshot.rdb.MalformedSnapshot when it is truncated, damaged or of an unknown format
    /// @throws io.cachewright.domain.InvalidInput when a manifest is none
    /// @throws UncheckedIOException when it cannot be read
    public static Evidence of(Path snapshot, Settings settings) {
        long start = System.nanoTime();
        SnapshotReader.Parts parts = SnapshotReader.parts(snapshot);
        // An append-only set has one base.
        Optional<Path> rdb = parts.rdb().stream().findFirst();
        KeyspaceWalk walk = new KeyspaceWalk(settings.keysMax());
        boolean hasCommands = !parts.commands().isEmpty();
        if (rdb.isPresent()) {
            hasCommands |= RdbWalker.walk(rdb.get(), walk, settings.progress()) < sizeOf(rdb.get());
        }
        Instant at = SnapshotWriter.wroteAt(walk.auxiliary()).orElseGet(() -> lastModified(snapshot));
        String name = snapshot.toString();
        Reading<KeyspaceSample> keyspace = rdb.map(file -> Reading.known(keyspace(file, walk, at, settings)))
                .orElseGet(() -> Reading.unavailable(
                        Cause.NOT_COLLECTED,
                        "the file holds commands only, which are not applied; BGREWRITEAOF makes one that begins with"
                                + " its keys"));
        String outcome = hasCommands && rdb.isPresent()
                ? "ran; commands after the snapshot are not applied: keys are those of its moment"
                : keyspace.missing().orElse("ran");
        return new Evidence(
                name,
                settings.collectedWith(),
                at,
                at,
                List.of(Untold.node(
                        SOURCE,
                        name,
                        SnapshotWriter.version(walk.auxiliary())
                                .map(Reading::known)
                                .orElseGet(() -> Untold.by(SOURCE, "its writer's version")),
                        keyspace)),
                List.of(new ProbeCost(
                        name,
                        "read the snapshot",
                        ProbeCost.Tier.FREE,
                        0,
                        Duration.ofNanos(System.nanoTime() - start),
                        outcome)));
    }

    private static KeyspaceSample keyspace(Path rdb, KeyspaceWalk walk, Instant at, Settings settings) {
        List<KeyspaceWalk.Family> families = walk.families();
        long[] looks = LookShares.of(
                families.stream()
                        .mapToLong(family -> family.candidates().size())
                        .toArray(),
                settings.keysMax());
        List<KeyStratum> strata = new ArrayList<>();
        try (StoredFacts facts = StoredFacts.of(rdb, walk.engine())) {
            for (int i = 0; i < looks.length; i++) {
                KeyspaceWalk.Family family = families.get(i);
                List<SampledKey> keys = family.candidates().stream()
                        .limit(looks[i])
                        .map(key -> sampled(key, facts, at))
                        .toList();
                strata.add(new KeyStratum(
                        family.database(), family.pattern(), family.glob(), family.keys(), family.keys(), 0, keys));
            }
        }
        long total = strata.stream().mapToLong(KeyStratum::named).sum();
        return new KeyspaceSample(walk.keysByDatabase(), total, true, strata);
    }

    private static SampledKey sampled(Candidate key, StoredFacts facts, Instant at) {
        RedactedName name = RedactedName.of(key.name());
        return new SampledKey(
                key.database(),
                name.printed(),
                name.isRedacted(),
                key.type().label(),
                Reading.known(key.encoding().label()),
                Reading.known(key.elements()),
                Reading.known(key.bytes()),
                Reading.known(
                        key.expiresAt() < 0
                                ? Optional.empty()
                                : Optional.of(Duration.ofMillis(Math.max(0, key.expiresAt() - at.toEpochMilli())))),
                key.idleSeconds() < 0
                        ? Untold.by(SOURCE, "idle times when its writer ran no LRU policy")
                        : Reading.known(Duration.ofSeconds(key.idleSeconds())),
                key.frequency() < 0
                        ? Untold.by(SOURCE, "access frequencies when its writer ran no LFU policy")
                        : Reading.known(key.frequency()),
                facts.of(key.from()));
    }

    private static long sizeOf(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Instant lastModified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
