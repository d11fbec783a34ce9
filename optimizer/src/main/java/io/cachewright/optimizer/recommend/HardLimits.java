package io.cachewright.optimizer.recommend;

import io.cachewright.domain.Durations;
import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Practice;
import io.cachewright.optimizer.requirements.Requirements;
import io.cachewright.optimizer.requirements.Requirements.StoreRole;
import java.time.Duration;
import java.util.Optional;

/// Changes that break a requirement whatever they gain.
final class HardLimits {

    /// One second between fsyncs, and one that the server waits for a slow one (valkey: `src/aof.c`).
    private static final Duration LOST_WITH_EVERYSEC = Duration.ofSeconds(2);

    /// Linux writes dirty pages back after 30 s (`vm.dirty_expire_centisecs`) when nobody asks for it.
    private static final Duration LOST_WITHOUT_FSYNC = Duration.ofSeconds(30);

    /// The shortest interval of the snapshots that `save` suggests.
    private static final Duration LOST_WITH_SNAPSHOTS = Duration.ofSeconds(60);

    private HardLimits() {}

    /// The requirement that `change` breaks, as one clause; empty when it breaks none that is known.
    static Optional<String> violation(Change change, Requirements requirements) {
        return switch (change) {
            case Change.SetParameter set -> parameter(set, requirements);
            case Change.ChangeClient client -> practice(client.practice(), requirements);
            case Change.Remodel remodel -> practice(remodel.practice(), requirements);
            case Change.SetAcl _, Change.SetHost _, Change.SetTimeToLive _, Change.ChangeTopology _ -> Optional.empty();
        };
    }

    private static Optional<String> parameter(Change.SetParameter set, Requirements requirements) {
        Duration lostBefore = lost(set.name(), set.oldValue());
        Duration lostAfter = lost(set.name(), set.newValue());
        if (lostAfter.compareTo(lostBefore) > 0) {
            return requirements
                    .rpo()
                    .filter(rpo -> rpo.compareTo(lostAfter) < 0)
                    .map(rpo -> set.name() + " " + set.newValue() + " can lose " + Durations.format(lostAfter)
                            + " of writes, and rpo is " + Durations.format(rpo));
        }
        boolean evictsAnything = set.name().equals("maxmemory-policy")
                && set.newValue().startsWith("allkeys-")
                && !set.oldValue().startsWith("allkeys-");
        if (evictsAnything && requirements.storeRole().equals(Optional.of(StoreRole.SYSTEM_OF_RECORD))) {
            return Optional.of(
                    "store-role is system-of-record, and " + set.newValue() + " evicts keys that exist nowhere else");
        }
        return Optional.empty();
    }

    private static Duration lost(String parameter, String value) {
        return switch (parameter + " " + value) {
            case "appendfsync everysec" -> LOST_WITH_EVERYSEC;
            case "appendfsync no" -> LOST_WITHOUT_FSYNC;
            case "appendonly no" -> LOST_WITH_SNAPSHOTS;
            default -> Duration.ZERO;
        };
    }

    private static Optional<String> practice(Practice practice, Requirements requirements) {
        return practice == Practice.NEAR_CACHE
                        && requirements.stalenessMax().filter(Duration::isZero).isPresent()
                ? Optional.of("staleness-max is 0s, and a near-cache is stale until its invalidation arrives")
                : Optional.empty();
    }
}
