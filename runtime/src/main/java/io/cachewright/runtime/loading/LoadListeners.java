package io.cachewright.runtime.loading;

/// All who listen to the loads of one class. What one of them throws is kept from the others and from the load.
public final class LoadListeners implements LoadListener {

    private final Listeners<LoadListener> all = new Listeners<>("loads");

    /// Adds one; no second time what is equal to one that is there.
    public void add(LoadListener listener) {
        all.add(listener);
    }

    @Override
    public void asked(int keys, long nanos, boolean hasFailed) {
        all.tell(each -> each.asked(keys, nanos, hasFailed));
    }

    @Override
    public void waited(long nanos) {
        all.tell(each -> each.waited(nanos));
    }

    @Override
    public void breakerChanged(CircuitBreaker.State now) {
        all.tell(each -> each.breakerChanged(now));
    }
}
