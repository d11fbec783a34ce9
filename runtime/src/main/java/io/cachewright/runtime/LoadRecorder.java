package io.cachewright.runtime;

import io.cachewright.runtime.loading.CircuitBreaker;
import io.cachewright.runtime.loading.LoadListener;

/// Tells the flight recorder how the loads of one class go.
record LoadRecorder(String cacheClass) implements LoadListener {

    @Override
    public void asked(int keys, long nanos, boolean hasFailed) {
        JfrEvents.Load event = new JfrEvents.Load();
        if (event.isEnabled()) {
            event.cacheClass = cacheClass;
            event.keys = keys;
            event.took = nanos;
            event.hasFailed = hasFailed;
            event.commit();
        }
    }

    @Override
    public void waited(long nanos) {
        JfrEvents.LeaseWait event = new JfrEvents.LeaseWait();
        if (event.isEnabled()) {
            event.cacheClass = cacheClass;
            event.waited = nanos;
            event.commit();
        }
    }

    @Override
    public void breakerChanged(CircuitBreaker.State now) {
        JfrEvents.BreakerChange event = new JfrEvents.BreakerChange();
        if (event.isEnabled()) {
            event.cacheClass = cacheClass;
            event.to = now.name();
            event.commit();
        }
    }
}
