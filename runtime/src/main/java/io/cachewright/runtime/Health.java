package io.cachewright.runtime;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.Freshness;
import io.cachewright.domain.policy.WhenUnproved;
import io.cachewright.runtime.coherence.LinkState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Whether the freshness that each class promises can be proved just now, and where it cannot, why.
///
/// @param classes in the order of their names
public record Health(List<ClassHealth> classes) {

    /// @param isProved whether a hit can be served as the class promises; always for best effort, which
    ///     promises none
    /// @param reason what each link says that cannot prove it; empty when all can
    public record ClassHealth(
            String name, Freshness freshness, WhenUnproved whenUnproved, boolean isProved, String reason) {

        /// Whether the service suffers: the class neither proves what it promises nor may do without.
        public boolean isDown() {
            return !isProved && whenUnproved != WhenUnproved.DEGRADE;
        }
    }

    public Health {
        classes = List.copyOf(classes);
    }

    /// Whether no class is down.
    public boolean isUp() {
        return classes.stream().noneMatch(ClassHealth::isDown);
    }

    static Health of(Collection<CacheClass> classes, Collection<ServerLink> links, long nowNanos) {
        return new Health(classes.stream()
                .map(each -> healthOf(each, links, nowNanos))
                .sorted((one, other) -> one.name.compareTo(other.name))
                .toList());
    }

    private static ClassHealth healthOf(CacheClass policy, Collection<ServerLink> links, long nowNanos) {
        List<String> doubts = new ArrayList<>();
        for (ServerLink link : links) {
            long ageNanos = nowNanos - link.proof().provedNanos();
            if (!isProved(policy.freshness(), link.state(), ageNanos)) {
                doubts.add(doubt(link, ageNanos));
            }
        }
        if (links.isEmpty()) {
            doubts.add("there is no link");
        }
        boolean isProved = doubts.isEmpty() || policy.freshness() instanceof Freshness.BestEffort;
        return new ClassHealth(
                policy.name(),
                policy.freshness(),
                policy.whenUnproved(),
                isProved,
                isProved ? "" : String.join("; ", doubts));
    }

    private static boolean isProved(Freshness freshness, LinkState state, long ageNanos) {
        return switch (freshness) {
            case Freshness.Strict() -> state == LinkState.LIVE;
            case Freshness.Bounded(var bound) -> ageNanos <= bound.toNanos();
            case Freshness.BestEffort() -> true;
        };
    }

    private static String doubt(ServerLink link, long ageNanos) {
        String age = link.reconnects() == 0
                ? "never proved"
                : "proved " + TimeUnit.NANOSECONDS.toMillis(ageNanos) + " ms ago";
        Throwable failure = link.state() == LinkState.LIVE ? null : link.lastFailure();
        return "link to " + link.endpoint() + " " + link.state() + ", " + age
                + (failure == null ? "" : ", " + Failures.reason(failure));
    }
}
