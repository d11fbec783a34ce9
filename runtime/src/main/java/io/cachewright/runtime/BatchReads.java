package io.cachewright.runtime;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/// Several keys of one class at once: what is not near is asked for first, and what is near is looked through while the
/// servers are at work on that.
final class BatchReads<V> {

    private final HitRule rule;
    private final LinkClock clock;
    private final NearStore<V> store;
    private final ReadCounts counts;
    private final NearAnswers<V> near;
    private final RemoteReads<V> remote;

    BatchReads(
            HitRule rule,
            LinkClock clock,
            NearStore<V> store,
            ReadCounts counts,
            NearAnswers<V> near,
            RemoteReads<V> remote) {
        this.rule = rule;
        this.clock = clock;
        this.store = store;
        this.counts = counts;
        this.near = near;
        this.remote = remote;
    }

    /// See [NearCache#getAll].
    Map<String, V> values(List<String> keys) {
        Map<String, V> values = HashMap.newHashMap(keys.size());
        List<String> missed = new ArrayList<>();
        Glimpse<V> glimpse = glimpse(keys, missed);
        List<String> stale = new ArrayList<>();
        BiConsumer<String, Answer<V>> sink = (key, answer) -> {
            V value = answer.value();
            if (value != null) {
                values.put(key, value);
            }
        };
        readMissed(missed, () -> addFresh(glimpse, values, stale), sink);
        readMissed(stale, () -> {}, sink);
        if (!missed.isEmpty() || !stale.isEmpty()) {
            readMissed(grownOld(glimpse, stale), () -> {}, sink);
        }
        return values;
    }

    /// What of `glimpse` has become too old while the server was waited for, and is vouched for by no newer proof;
    /// without what was `read` from the server.
    private List<String> grownOld(Glimpse<V> glimpse, List<String> read) {
        long now = clock.nanoTime();
        if (rule.isUnbounded() || now - glimpse.oldestNanos() <= rule.boundNanos) {
            return List.of();
        }
        Set<String> grown = new LinkedHashSet<>();
        for (int i = 0; i < glimpse.size(); i++) {
            Entry<V> entry = glimpse.entry(i);
            long proved = entry.proof.provedNanos();
            if (now - entry.currentAsOf(glimpse.provedNanos(i)) > rule.boundNanos
                    && !(entry.isUsable() && rule.isFresh(entry, proved, now))) {
                grown.add(entry.key);
            }
        }
        read.forEach(grown::remove);
        return List.copyOf(grown);
    }

    private Glimpse<V> glimpse(List<String> keys, List<String> missed) {
        int tick = clock.tickNumber();
        Glimpse<V> glimpse = new Glimpse<>(keys.size());
        // Strict values need a proof first, which costs a round trip as the value does.
        boolean mayServe = !rule.isStrict();
        for (String key : keys) {
            Entry<V> glanced = store.glance(key, tick);
            Entry<V> entry = glanced == null ? store.get(key, tick) : glanced;
            if (entry == null || !mayServe || !glimpse.add(entry)) {
                missed.add(key);
            }
        }
        return glimpse;
    }

    /// Judges all by one reading of the clock, which is later than any of them was looked at.
    private void addFresh(Glimpse<V> glimpse, Map<String, V> values, List<String> stale) {
        HitTally.Mine mine = counts.hits.mine();
        long now = rule.nanos(mine);
        for (int i = 0; i < glimpse.size(); i++) {
            Entry<V> entry = glimpse.entry(i);
            if (!rule.isFresh(entry, glimpse.provedNanos(i), now)) {
                stale.add(entry.key);
                continue;
            }
            counts.hits.increment(mine);
            V value = entry.value;
            if (value != null) {
                values.put(entry.key, value);
            }
        }
    }

    /// See [NearCache#readAll].
    Map<String, Answer<V>> answers(Collection<String> keys) {
        BatchAnswers<V> answers = new BatchAnswers<>(keys.size(), clock);
        List<String> missed = addNear(keys, answers);
        if (missed.isEmpty()) {
            return answers.asOfNow();
        }
        readMissed(missed, () -> {}, answers::add);
        // What was near grew older meanwhile.
        readMissed(addNear(answers.nearBeyond(rule.boundNanos), answers), () -> {}, answers::add);
        return answers.asOfNow();
    }

    /// Those of `keys` that the server must be asked for; what is near of the others goes to `answers`.
    private List<String> addNear(Collection<String> keys, BatchAnswers<V> answers) {
        long invoked = clock.nanoTime();
        List<String> missed = new ArrayList<>();
        for (String key : keys) {
            Answer<V> answer = near.of(key, () -> store.get(key, clock.tickNumber()), invoked);
            if (answer == null) {
                missed.add(key);
            } else {
                answers.add(key, answer);
            }
        }
        return missed;
    }

    private void readMissed(List<String> missed, Runnable meanwhile, BiConsumer<String, Answer<V>> sink) {
        if (missed.isEmpty()) {
            meanwhile.run();
        } else {
            remote.readAll(missed, clock.nanoTime(), meanwhile, sink);
        }
    }
}
