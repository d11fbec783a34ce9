package io.cachewright.optimizer.requirements;

import io.cachewright.domain.ByteSize;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// What the users need. An empty field is unknown, and stays unknown: no default is assumed for it.
///
/// @param peakOpsPerSecond commands a second at the busiest second
/// @param latencyBudget p99 that the clients can bear, over the wire
/// @param dataSize bytes that the data may grow to
/// @param stalenessMax how old a cached value may be outside the matching path; zero means never stale
/// @param storeRole whether the server is only a cache or also the only copy of something
/// @param regimes regulation that applies
/// @param rpo how much acknowledged data may be lost; zero means none
/// @param rto how long an outage may last
/// @param regions where clients are
/// @param monthlyBudget money for the servers
/// @param priorities what matters more when advice conflicts, most important first; empty means unknown
public record Requirements(
        OptionalLong peakOpsPerSecond,
        Optional<Duration> latencyBudget,
        Optional<ByteSize> dataSize,
        Optional<Duration> stalenessMax,
        Optional<StoreRole> storeRole,
        Optional<Set<Regime>> regimes,
        Optional<Duration> rpo,
        Optional<Duration> rto,
        Optional<List<String>> regions,
        Optional<Money> monthlyBudget,
        List<Objective> priorities) {

    /// What losing the data would mean.
    public enum StoreRole {
        /// Everything can be rebuilt from elsewhere.
        CACHE,
        /// Some of it exists nowhere else.
        SYSTEM_OF_RECORD
    }

    /// Regulation, coarse: the rule catalogue holds the duties.
    public enum Regime {
        NONE,
        SEC_17A4,
        FINRA,
        CFTC,
        MIFID_II,
        UK_FCA,
        MICA,
        DORA,
        GDPR
    }

    /// What a piece of advice serves or costs.
    public enum Objective {
        LATENCY,
        THROUGHPUT,
        MEMORY,
        DURABILITY,
        CONSISTENCY,
        SECURITY,
        OPERATIONS,
        COST
    }

    /// An amount of money a month.
    ///
    /// @param currency ISO 4217
    public record Money(BigDecimal amount, String currency) {}

    public Requirements {
        priorities = List.copyOf(priorities);
        regimes = regimes.map(Set::copyOf);
        regions = regions.map(List::copyOf);
    }

    /// Nothing is known.
    public static Requirements unknown() {
        return new Requirements(
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /// These requirements, but what `other` knows is taken from it: flags over a file, an answer over an unknown.
    public Requirements overriddenBy(Requirements other) {
        return new Requirements(
                other.peakOpsPerSecond.isPresent() ? other.peakOpsPerSecond : peakOpsPerSecond,
                other.latencyBudget.or(() -> latencyBudget),
                other.dataSize.or(() -> dataSize),
                other.stalenessMax.or(() -> stalenessMax),
                other.storeRole.or(() -> storeRole),
                other.regimes.or(() -> regimes),
                other.rpo.or(() -> rpo),
                other.rto.or(() -> rto),
                other.regions.or(() -> regions),
                other.monthlyBudget.or(() -> monthlyBudget),
                other.priorities.isEmpty() ? priorities : other.priorities);
    }
}
