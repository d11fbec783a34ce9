package io.cachewright.capture.antipattern;

import java.util.Set;

/// A mistake that shows in the commands of clients.
public interface AntiPattern {

    /// What is at stake.
    enum Severity {
        /// Wrong data, or lost money.
        CORRUPTS,
        PERFORMANCE,
        MEMORY,
        SECURITY
    }

    /// What there is to say about the mistake, whatever was captured.
    ///
    /// @param id of the catalogue, for example `B6`
    /// @param title what clients do, as a clause
    /// @param better what they should do instead
    /// @param enough how many times it must be seen before it is told: what happens once may have a reason
    record Facts(String id, Severity severity, String title, String better, int enough) {}

    Facts facts();

    /// The commands it needs to see, upper case; every command when empty.
    Set<String> commands();

    /// A fresh detector for one capture, which tells `seen` what it finds.
    Detector start(Sightings seen);

    /// Sees the commands of one capture in their order.
    interface Detector {

        void on(Observed command);

        /// The capture is over.
        default void finish() {}
    }
}
