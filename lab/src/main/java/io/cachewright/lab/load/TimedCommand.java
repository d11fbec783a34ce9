package io.cachewright.lab.load;

import io.cachewright.lab.wire.Command;

/// A command that is due `dueNanos` after the start of the run, on connection `connection`.
///
/// @param dueNanos nanoseconds after the start; never decreasing within one workload
/// @param connection 0 to [Workload#connections()] - 1; commands of one connection keep their order
/// @param operation the class of operation it is counted under, for example `read top of book`
public record TimedCommand(long dueNanos, int connection, String operation, Command command) {}
