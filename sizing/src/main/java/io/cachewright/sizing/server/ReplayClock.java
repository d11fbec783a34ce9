package io.cachewright.sizing.server;

/// What time it is on the server while a trace is played. It decides what LRU sees: the clock that stamps
/// accesses ticks once a second, and the counter of LFU decays by minutes.
public sealed interface ReplayClock {

    /// As in production: each access happens at its own time.
    static ReplayClock traceTime() {
        return new TraceTime();
    }

    /// As when the trace is replayed as fast as the server takes it.
    static ReplayClock fullSpeed(double accessesPerSecond) {
        return new FullSpeed(accessesPerSecond);
    }

    /// See [#traceTime].
    record TraceTime() implements ReplayClock {}

    /// See [#fullSpeed].
    record FullSpeed(double accessesPerSecond) implements ReplayClock {
        public FullSpeed {
            if (!(accessesPerSecond > 0)) {
                throw new IllegalArgumentException("accessesPerSecond must be positive, was " + accessesPerSecond);
            }
        }
    }
}
