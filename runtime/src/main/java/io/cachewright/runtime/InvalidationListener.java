package io.cachewright.runtime;

/// Hears how the invalidations of one client go. It is called on the threads that invalidate and on those that hear
/// from the servers, and must not block. What it throws is logged, and changes nothing.
public interface InvalidationListener {

    /// The servers acknowledged every step of one call after `nanos`.
    void acknowledged(Invalidation done, long nanos);

    /// One call failed after `nanos`: it may have been done in part.
    void failed(long nanos);

    /// A write of this client was heard of here, by way of the server, `nanos` after it was sent: what was near of it
    /// is gone now, as it is wherever else it is heard of.
    void arrived(long nanos);
}
