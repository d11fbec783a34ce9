package io.cachewright.optimizer.collect;

import io.cachewright.optimizer.evidence.ProbeCost.Tier;
import java.time.Duration;

/// What a collection may do and what it may cost the servers.
///
/// @param tierMax the dearest tier of probes that is allowed
/// @param window between the first and the last reading of INFO
/// @param keysMax keys that are looked at
/// @param commandsMax commands sent to all nodes together
/// @param bytesMax bytes of replies from all nodes together
/// @param elapsedMax after this time no further probe is begun
/// @param replicaFirst whether keys are looked at on an online replica when there is one
/// @param busyShareMax share of a busy server's time that looking at keys may take
public record CollectionPlan(
        Tier tierMax,
        Duration window,
        int keysMax,
        long commandsMax,
        long bytesMax,
        Duration elapsedMax,
        boolean replicaFirst,
        double busyShareMax) {

    public CollectionPlan {
        if (window.isNegative() || window.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("window must be 0 to 1 h, was " + window);
        }
        if (keysMax < 0 || commandsMax < 1 || bytesMax < 1 || !elapsedMax.isPositive()) {
            throw new IllegalArgumentException("limits must be positive");
        }
        if (busyShareMax <= 0 || busyShareMax > 1) {
            throw new IllegalArgumentException("busyShareMax must be above 0 and at most 1, was " + busyShareMax);
        }
    }

    /// A 5 s window and 2,000 keys, within half a minute; half a percent of a busy server's time.
    public static CollectionPlan standard() {
        return new CollectionPlan(
                Tier.KEY_INSPECTION,
                Duration.ofSeconds(5),
                2_000,
                60_000,
                64 << 20,
                Duration.ofSeconds(30),
                true,
                0.005);
    }

    public CollectionPlan withWindow(Duration newWindow) {
        return new CollectionPlan(
                tierMax, newWindow, keysMax, commandsMax, bytesMax, elapsedMax, replicaFirst, busyShareMax);
    }

    public CollectionPlan withTierMax(Tier newTierMax) {
        return new CollectionPlan(
                newTierMax, window, keysMax, commandsMax, bytesMax, elapsedMax, replicaFirst, busyShareMax);
    }

    public CollectionPlan withKeysMax(int newKeysMax) {
        return new CollectionPlan(
                tierMax, window, newKeysMax, commandsMax, bytesMax, elapsedMax, replicaFirst, busyShareMax);
    }

    public CollectionPlan withBudget(long newCommandsMax, long newBytesMax, Duration newElapsedMax) {
        return new CollectionPlan(
                tierMax, window, keysMax, newCommandsMax, newBytesMax, newElapsedMax, replicaFirst, busyShareMax);
    }

    public CollectionPlan withReplicaFirst(boolean newReplicaFirst) {
        return new CollectionPlan(
                tierMax, window, keysMax, commandsMax, bytesMax, elapsedMax, newReplicaFirst, busyShareMax);
    }

    public CollectionPlan withBusyShareMax(double newBusyShareMax) {
        return new CollectionPlan(
                tierMax, window, keysMax, commandsMax, bytesMax, elapsedMax, replicaFirst, newBusyShareMax);
    }

    boolean allows(Tier tier) {
        return tier.compareTo(tierMax) <= 0;
    }
}
