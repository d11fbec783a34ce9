package io.cachewright.study;

import io.cachewright.domain.InvalidInput;
import io.cachewright.domain.keys.RedactedName;
import io.cachewright.sizing.trace.Trace;
import io.cachewright.sizing.whatif.ClientCacheWhatIf;
import io.cachewright.sizing.whatif.ClientCacheWhatIf.Mode;
import io.cachewright.sizing.whatif.SlotPlacement;
import io.cachewright.sizing.whatif.TtlRule;
import io.cachewright.sizing.whatif.TtlWhatIf;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The what-ifs of one trace that memory does not decide.
final class SizeWhatIfs {

    private static final double JITTER = 0.1;

    private final Trace trace;
    private final TraceFamilies families;
    private final String source;

    SizeWhatIfs(Trace trace, TraceFamilies families, String source) {
        this.trace = trace;
        this.families = families;
        this.source = source;
    }

    /// @throws InvalidInput when the trace has no family of that pattern
    List<SizeView.TimeToLive> timesToLive(Map<String, Duration> byFamily) {
        List<SizeView.TimeToLive> answers = new ArrayList<>();
        byFamily.forEach((pattern, ttl) -> {
            int group = families.groups().names().indexOf(pattern);
            if (group < 0) {
                throw new InvalidInput(
                        source,
                        List.of("has no key family '" + pattern + "'; it has "
                                + String.join(", ", families.groups().names())));
            }
            answers.add(timeToLive(pattern, ttl, ofGroup(pattern, group)));
        });
        return answers;
    }

    private Trace ofGroup(String pattern, int group) {
        boolean[] kept = new boolean[trace.keyCount()];
        for (int key = 0; key < kept.length; key++) {
            kept[key] = families.groups().of(key) == group;
        }
        return trace.filtered(pattern, kept);
    }

    private static SizeView.TimeToLive timeToLive(String pattern, Duration ttl, Trace family) {
        TtlRule fixed = new TtlRule.Fixed(ttl);
        return new SizeView.TimeToLive(
                pattern,
                ttl.toNanos() / 1e9,
                lifetimes(family, new TtlRule.AsTraced()),
                lifetimes(family, fixed),
                lifetimes(family, new TtlRule.Jittered(fixed, JITTER)));
    }

    private static SizeView.Lifetimes lifetimes(Trace family, TtlRule rule) {
        TtlWhatIf.Outcome stored = TtlWhatIf.of(family, rule, TtlWhatIf.Writes.STORED);
        TtlWhatIf.Outcome unseen = TtlWhatIf.of(family, rule, TtlWhatIf.Writes.UNSEEN);
        return new SizeView.Lifetimes(
                stored.hitRatio(),
                unseen.staleReadShare(),
                unseen.staleMean().toNanos() / 1e9,
                stored.expiries(),
                stored.expiriesPerSecondMax(),
                stored.loadsPerSecondMax());
    }

    SizeView.ClientCache clientCache(SizeSettings.ClientCaches caches) {
        return new SizeView.ClientCache(
                caches.clients(),
                caches.entriesMax(),
                tracking(caches, new Mode.Default()),
                tracking(caches, new Mode.Broadcast(_ -> true)));
    }

    private SizeView.Tracking tracking(SizeSettings.ClientCaches caches, Mode mode) {
        ClientCacheWhatIf.Outcome outcome = ClientCacheWhatIf.of(
                trace, ClientCacheWhatIf.Setting.inTurn(caches.clients(), caches.entriesMax(), mode));
        double seconds = Math.max(1e-6, trace.spanMicros() / 1e6);
        return new SizeView.Tracking(
                outcome.localHitRatio(),
                outcome.invalidations() / seconds,
                outcome.invalidationsPerSecondMax(),
                outcome.trackedKeysMax());
    }

    SizeView.Shards shards(int count) {
        SlotPlacement placement = SlotPlacement.of(trace, count);
        double accesses = Math.max(1, trace.length());
        SlotPlacement.Slot hottest = placement.hottestSlots().getFirst();
        return new SizeView.Shards(
                placement.shards().stream()
                        .map(shard -> new SizeView.Shard(
                                shard.number(), shard.keys(), shard.accesses() / accesses, shard.valueBytes()))
                        .toList(),
                placement.imbalance(),
                hottest.number(),
                hottest.share(),
                RedactedName.of(placement.hottestKey().getBytes(StandardCharsets.UTF_8))
                        .printed(),
                placement.hottestKeyShare());
    }
}
