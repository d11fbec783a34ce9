package io.cachewright.benchmarks.sizing;

import com.github.benmanes.caffeine.cache.simulator.policy.AccessEvent;
import com.github.benmanes.caffeine.cache.simulator.policy.Policy;
import com.github.benmanes.caffeine.cache.simulator.policy.linked.LinkedPolicy;
import com.github.benmanes.caffeine.cache.simulator.policy.linked.SievePolicy;
import com.github.benmanes.caffeine.cache.simulator.policy.sketch.climbing.HillClimberWindowTinyLfuPolicy;
import com.github.benmanes.caffeine.cache.simulator.policy.two_queue.S3FifoPolicy;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.cachewright.sizing.policy.ReferencePolicy;
import io.cachewright.sizing.trace.Trace;
import java.util.Set;

/// The peer: the simulator that Caffeine's authors publish, policy by policy and without its actors and files.
final class CaffeineSimulator {

    private final Trace trace;
    private final AccessEvent[] events;

    CaffeineSimulator(Trace trace) {
        this.trace = trace;
        this.events = new AccessEvent[trace.keyCount()];
        for (int key = 0; key < events.length; key++) {
            events[key] = AccessEvent.forKey(key);
        }
    }

    double hitRatio(ReferencePolicy policy, int entries) {
        Policy peer = newPolicy(policy, settings(entries));
        int[] keys = trace.keys();
        for (int access = 0; access < trace.length(); access++) {
            peer.record(events[keys[access]]);
        }
        peer.finished();
        return peer.stats().hitRate();
    }

    private static Policy newPolicy(ReferencePolicy policy, Config settings) {
        return switch (policy) {
            case LRU ->
                LinkedPolicy.policies(settings, Set.of(), LinkedPolicy.EvictionPolicy.LRU)
                        .iterator()
                        .next();
            case SIEVE -> new SievePolicy(settings);
            case S3_FIFO -> new S3FifoPolicy(settings);
            case W_TINY_LFU ->
                HillClimberWindowTinyLfuPolicy.policies(settings).iterator().next();
        };
    }

    private static Config settings(int entries) {
        return ConfigFactory.parseString("caffeine.simulator { maximum-size = " + entries
                        + ", hill-climber-window-tiny-lfu.strategy = [simple], admission = [Always] }")
                .withFallback(ConfigFactory.load())
                .getConfig("caffeine.simulator");
    }
}
