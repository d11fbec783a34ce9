package io.cachewright.runtime.loading;

/// Hears how the loads of one class go. It is called on the threads that load, and must not block. What it
/// throws is logged, and changes nothing.
public interface LoadListener {

    /// The source was asked for `keys` values at once, and answered or failed after `nanos`.
    void asked(int keys, long nanos, boolean hasFailed);

    /// A load waited for `nanos` on another process of the fleet, which held the lease.
    void waited(long nanos);

    /// The source is from now on left alone, tried, or asked as usual.
    void breakerChanged(CircuitBreaker.State now);
}
