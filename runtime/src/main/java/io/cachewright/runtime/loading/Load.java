package io.cachewright.runtime.loading;

import java.util.concurrent.CompletableFuture;

/// One key on its way from the source, and all of this process who wait for it.
final class Load<V> {

    final Want want;
    final CompletableFuture<Outcome<V>> outcome = new CompletableFuture<>();

    /// Set while the source is asked: a change of the key meanwhile makes the answer too old for who comes later.
    volatile boolean isAsking;

    /// Such a change came: the value must not be brought into the server any more.
    volatile boolean isOutdated;

    Load(Want want) {
        this.want = want;
    }

    static <V> Load<V> ended(Want want, Outcome<V> outcome) {
        Load<V> load = new Load<>(want);
        load.outcome.complete(outcome);
        return load;
    }
}
