package io.cachewright.optimizer.diagnose.testkit;

import io.cachewright.domain.ByteSize;
import io.cachewright.optimizer.requirements.Requirements;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import io.cachewright.optimizer.requirements.Requirements.Regime;
import io.cachewright.optimizer.requirements.Requirements.StoreRole;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Requirements for tests: unknown until set.
public final class RequirementsBuilder {

    private OptionalLong peakOpsPerSecond = OptionalLong.empty();
    private Optional<Duration> latencyBudget = Optional.empty();
    private Optional<ByteSize> dataSize = Optional.empty();
    private Optional<Duration> stalenessMax = Optional.empty();
    private Optional<StoreRole> storeRole = Optional.empty();
    private Optional<Set<Regime>> regimes = Optional.empty();
    private Optional<Duration> rpo = Optional.empty();
    private Optional<Duration> rto = Optional.empty();
    private List<Objective> priorities = List.of();

    public RequirementsBuilder peakOpsPerSecond(long value) {
        peakOpsPerSecond = OptionalLong.of(value);
        return this;
    }

    public RequirementsBuilder latencyBudget(Duration value) {
        latencyBudget = Optional.of(value);
        return this;
    }

    public RequirementsBuilder dataSize(long bytes) {
        dataSize = Optional.of(new ByteSize(bytes));
        return this;
    }

    public RequirementsBuilder stalenessMax(Duration value) {
        stalenessMax = Optional.of(value);
        return this;
    }

    public RequirementsBuilder storeRole(StoreRole value) {
        storeRole = Optional.of(value);
        return this;
    }

    public RequirementsBuilder regimes(Regime... values) {
        regimes = Optional.of(Set.of(values));
        return this;
    }

    public RequirementsBuilder rpo(Duration value) {
        rpo = Optional.of(value);
        return this;
    }

    public RequirementsBuilder rto(Duration value) {
        rto = Optional.of(value);
        return this;
    }

    public RequirementsBuilder priorities(Objective... values) {
        priorities = List.of(values);
        return this;
    }

    Requirements build() {
        return new Requirements(
                peakOpsPerSecond,
                latencyBudget,
                dataSize,
                stalenessMax,
                storeRole,
                regimes,
                rpo,
                rto,
                Optional.empty(),
                Optional.empty(),
                priorities);
    }
}
