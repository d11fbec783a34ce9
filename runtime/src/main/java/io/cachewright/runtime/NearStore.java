package io.cachewright.runtime;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.cachewright.domain.policy.NearBound;
import io.cachewright.runtime.coherence.Proof;
import java.util.Iterator;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The values of one class that are kept near. Whatever leaves it is marked as gone first: see [Entry].
final class NearStore<V> {

    private final Cache<String, Entry<V>> entries;
    private final Glances<V> glances;
    /// What the store has to do in order to keep its bound; it asks for it anew only when that was done.
    private final AtomicReference<@Nullable Runnable> due = new AtomicReference<>();

    NearStore(NearBound bound) {
        Caffeine<Object, Object> plain = Caffeine.newBuilder().executor(due::set);
        entries = switch (bound) {
            case NearBound.Entries(long max) ->
                plain.maximumSize(max)
                        .evictionListener((@Nullable String _, @Nullable Entry<V> entry, RemovalCause _) -> gone(entry))
                        .build();
            case NearBound.Bytes(var max) ->
                plain.maximumWeight(max.bytes())
                        .weigher((String key, Entry<V> entry) -> key.length() + entry.weight)
                        .evictionListener((@Nullable String _, @Nullable Entry<V> entry, RemovalCause _) -> gone(entry))
                        .build();
        };
        glances = new Glances<>(entries::estimatedSize);
    }

    /// The entry of `key`; its use is remembered, and until the next `tick` a glance finds it.
    @Nullable
    Entry<V> get(String key, int tick) {
        Entry<V> entry = entries.getIfPresent(key);
        upkeep();
        if (entry != null) {
            entry.usedTick = tick;
            glances.point(entry, ThreadLocalRandom.current().nextInt());
        }
        return entry;
    }

    /// The same, cheaper, without a trace in what the store remembers of its use, and without the promise that
    /// the entry is in the store still: it must be asked.
    ///
    /// Null where [#get] must be called: once in each tick, whose numbers differ, so that the store hears of all
    /// that is used now and then, and often enough of the rest.
    @Nullable
    Entry<V> glance(String key, int tick) {
        Entry<V> entry = glances.of(key);
        return entry != null && entry.usedTick == tick ? entry : null;
    }

    /// As [#get], without a trace in what the store remembers of its use.
    @Nullable
    Entry<V> peek(String key) {
        return entries.policy().getIfPresentQuietly(key);
    }

    /// Does what is due after entries came and went: less work than handing it to another thread is, but not to be done
    /// for each of several that come together, nor while others wait for the link.
    void upkeep() {
        if (due.get() != null) {
            Runnable task = due.getAndSet(null);
            if (task != null) {
                task.run();
            }
        }
    }

    /// As they are while it walks.
    Iterator<String> keys() {
        return entries.asMap().keySet().iterator();
    }

    void put(String key, Entry<V> entry) {
        entries.asMap().compute(key, (_, old) -> {
            gone(old);
            return entry;
        });
    }

    /// Puts `next` in the place of `old`, or nothing where it is null, if `old` is there and may be served.
    void replace(Entry<V> old, @Nullable Entry<V> next) {
        entries.asMap().computeIfPresent(old.key, (_, present) -> {
            if (present != old || !old.isUsable()) {
                return present;
            }
            gone(old);
            return next;
        });
    }

    void drop(String key) {
        entries.asMap().computeIfPresent(key, (_, old) -> {
            gone(old);
            return null;
        });
    }

    void dropIf(Predicate<String> key) {
        entries.asMap().keySet().stream().filter(key).toList().forEach(this::drop);
    }

    /// Takes over to `now` what came over the link of `proof` in the epoch `before` and is untouched.
    void carry(Proof proof, long before, long now, CatchUp caughtUp) {
        for (String key : entries.asMap().keySet()) {
            entries.asMap().computeIfPresent(key, (_, entry) -> {
                if (!entry.isOf(proof, before) || !caughtUp.isUntouched(key, entry.arrival())) {
                    return entry;
                }
                gone(entry);
                return entry.in(now);
            });
        }
    }

    /// Frees the entries of earlier epochs, which nobody can read any more.
    void freeDropped() {
        entries.asMap().values().removeIf(entry -> {
            boolean isDropped = !entry.isUsable();
            if (isDropped) {
                glances.forget(entry);
            }
            return isDropped;
        });
    }

    long size() {
        return entries.estimatedSize();
    }

    private void gone(@Nullable Entry<V> entry) {
        if (entry != null) {
            entry.gone();
            glances.forget(entry);
        }
    }
}
