package io.cachewright.runtime;

/// The clock by which near hits of bounded classes are judged. Nothing else is: reads that go to the server,
/// strict classes and [NearCache#read] always take the precise one.
public enum HitClock {
    /// `System.nanoTime()`. Whatever stood still, for however long, the first hit afterwards sees it.
    PRECISE,
    /// The kernel's `CLOCK_MONOTONIC_COARSE`, at a third of the cost or less: on Linux, for platform threads,
    /// where the process was started with `--enable-native-access`, and for bounds of 100 ms or more on a usual
    /// kernel; elsewhere, and for virtual threads, the precise one is taken instead.
    ///
    /// It runs on while the process stands still (garbage collection, `SIGSTOP`, a spent CPU quota), and how
    /// late the kernel may be is counted towards the age. What it may miss is a stop of the whole virtual
    /// machine: in the first ticks after it, at most 20 ms of a usual kernel, a hit may be judged by the time
    /// before the stop.
    COARSE
}
