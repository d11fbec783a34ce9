package io.cachewright.sizing.server;

import io.cachewright.sizing.trace.AccessShape;
import io.cachewright.sizing.trace.Hashing;
import io.cachewright.sizing.trace.PublishedTraces;
import io.cachewright.sizing.trace.Trace;
import java.util.List;

/// A trace that predictions are made of, and the shares of its whole memory that the server is given.
record PredictedTrace(String name, Trace trace, List<Double> shares) {

    static final List<EvictionPolicy> POLICIES = List.of(
            EvictionPolicy.ALLKEYS_LRU,
            EvictionPolicy.ALLKEYS_LFU,
            EvictionPolicy.VOLATILE_LRU,
            EvictionPolicy.ALLKEYS_RANDOM,
            EvictionPolicy.VOLATILE_TTL);

    private static final int LEDGER_PER_SECOND = 50;
    private static final int MAPPER_PER_SECOND = 1_000;
    private static final int MAPPER_ACCESSES = 1_000_000;

    static List<PredictedTrace> all() {
        return List.of(ledger(), mapper(), market());
    }

    static PredictedTrace named(String name) {
        return all().stream()
                .filter(trace -> trace.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /// Each key once or twice in a row: what matters is whether a key survives until its second access.
    static PredictedTrace ledger() {
        AccessShape shape = new AccessShape(
                LEDGER_PER_SECOND,
                id -> 1_000 + (int) Math.floorMod(Hashing.mix(id), 7_000L),
                id -> 1_000_000 + Math.floorMod(Hashing.mix(id + 1), 1_000_000L));
        return new PredictedTrace("ledger", PublishedTraces.corda(shape), List.of(0.01, 0.02, 0.05, 0.1, 0.2));
    }

    static PredictedTrace mapper() {
        AccessShape shape = new AccessShape(
                MAPPER_PER_SECOND,
                id -> 40 + (int) Math.floorMod(Hashing.mix(id), 160L),
                id -> 600_000 + Math.floorMod(Hashing.mix(id + 1), 600_000L));
        return new PredictedTrace(
                "mapper", PublishedTraces.orm(shape).first(MAPPER_ACCESSES), List.of(0.05, 0.1, 0.2, 0.4, 0.7));
    }

    static PredictedTrace market() {
        return new PredictedTrace("market", MarketTraces.spotPriceLevels(), List.of(0.05, 0.1, 0.2, 0.4, 0.7));
    }

    PredictedTrace first(int accesses, double share) {
        return new PredictedTrace(name, trace.first(accesses), List.of(share));
    }

    /// What all keys take together, if none ever went.
    long wholeBytes(ServerTraits traits) {
        return new ModelledServer(traits, EvictionPolicy.NOEVICTION, 0)
                        .replay(trace, ReplayClock.fullSpeed(100_000_000))
                        .usedBytesAtEnd()
                - traits.baselineBytes();
    }
}
