package io.cachewright.runtime.loading;

import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// All who listen to one thing. What one of them throws is kept from the others, and from whoever tells.
public final class Listeners<L> {

    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final String to;
    private final Set<L> all = new CopyOnWriteArraySet<>();
    private final AtomicBoolean hasFailed = new AtomicBoolean();

    /// `to` names for people what is listened to.
    public Listeners(String to) {
        this.to = to;
    }

    /// Adds one; no second time what is equal to one that is there.
    public void add(L listener) {
        all.add(listener);
    }

    public void tell(Consumer<L> news) {
        for (L listener : all) {
            try {
                news.accept(listener);
            } catch (RuntimeException e) {
                LOG.atLevel(hasFailed.getAndSet(true) ? Level.DEBUG : Level.WARN)
                        .setCause(e)
                        .log("a listener to {} failed; told once", to);
            }
        }
    }
}
