package io.cachewright.optimizer.rules;

import io.cachewright.optimizer.diagnose.Situation;
import java.util.OptionalDouble;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Why a server forks, and what copy-on-write costs it then.
///
/// @param savePoints CONFIG `save`, empty when there are none
/// @param appendOnly whether the AOF is on, whose rewrites fork
/// @param replicas connected replicas; a full resynchronisation forks
/// @param copyOnWriteShare of `used_memory`: the most that any fork of this run was seen to copy; empty when no fork
///     was measured
public record Forks(String savePoints, boolean appendOnly, long replicas, OptionalDouble copyOnWriteShare) {

    public static Forks of(Situation situation) {
        return new Forks(
                situation.parameter("save").strip(),
                situation.parameter("appendonly").equals("yes"),
                situation.optionalNumber("connected_slaves").orElse(0L),
                copyOnWriteShare(situation));
    }

    /// Whether this server writes snapshots or rewrites an AOF by itself.
    public boolean byPersistence() {
        return !savePoints.isEmpty() || appendOnly;
    }

    /// Whether anything makes this server fork now or after a replica's next loss of link.
    public boolean possible() {
        return byPersistence() || replicas > 0;
    }

    /// In words, for an observation.
    public String reasons() {
        return String.join(
                ", ",
                Stream.of(
                                savePoints.isEmpty() ? "" : "save \"" + savePoints + "\"",
                                appendOnly ? "appendonly yes" : "",
                                replicas > 0 ? replicas + " replica(s), whose full resynchronisation forks" : "")
                        .filter(reason -> !reason.isEmpty())
                        .toList());
    }

    private static OptionalDouble copyOnWriteShare(Situation situation) {
        long used = situation.number("used_memory");
        long copied = LongStream.of(
                        situation.optionalNumber("rdb_last_cow_size").orElse(0L),
                        situation.optionalNumber("aof_last_cow_size").orElse(0L),
                        situation.optionalNumber("current_cow_peak").orElse(0L))
                .max()
                .orElse(0);
        return copied > 0 && used > 0 ? OptionalDouble.of((double) copied / used) : OptionalDouble.empty();
    }
}
