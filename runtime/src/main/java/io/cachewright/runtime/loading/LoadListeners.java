package io.cachewright.runtime.loading;

import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// All who listen to the loads of one class. What one of them throws is kept from the others and from the load.
public final class LoadListeners implements LoadListener {

    private static final Logger LOG = LoggerFactory.getLogger(LoadListeners.class);

    private final Set<LoadListener> all = new CopyOnWriteArraySet<>();
    private final AtomicBoolean hasFailed = new AtomicBoolean();

    /// Adds one; no second time what is equal to one that is there.
    public void add(LoadListener listener) {
        all.add(listener);
    }

    private void tell(Consumer<LoadListener> news) {
        for (LoadListener listener : all) {
            try {
                news.accept(listener);
            } catch (RuntimeException e) {
                LOG.atLevel(hasFailed.getAndSet(true) ? Level.DEBUG : Level.WARN)
                        .setCause(e)
                        .log("a listener to loads failed; told once");
            }
        }
    }

    @Override
    public void asked(int keys, long nanos, boolean hasFailed) {
        tell(each -> each.asked(keys, nanos, hasFailed));
    }

    @Override
    public void waited(long nanos) {
        tell(each -> each.waited(nanos));
    }

    @Override
    public void breakerChanged(CircuitBreaker.State now) {
        tell(each -> each.breakerChanged(now));
    }
}
