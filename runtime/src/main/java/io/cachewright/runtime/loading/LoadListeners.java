package io.cachewright.runtime.loading;

import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

/// All who listen to the loads of one class.
public final class LoadListeners implements LoadListener {

    private final Set<LoadListener> all = new CopyOnWriteArraySet<>();

    /// Adds one; no second time what is equal to one that is there.
    public void add(LoadListener listener) {
        all.add(listener);
    }

    @Override
    public void asked(int keys, long nanos, boolean hasFailed) {
        all.forEach(each -> each.asked(keys, nanos, hasFailed));
    }

    @Override
    public void waited(long nanos) {
        all.forEach(each -> each.waited(nanos));
    }

    @Override
    public void breakerChanged(CircuitBreaker.State now) {
        all.forEach(each -> each.breakerChanged(now));
    }
}
