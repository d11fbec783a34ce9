package io.cachewright.runtime.loading;

/// Counts of the loads of one class since its cache was built.
///
/// @param loads values asked of the source
/// @param failures of these, values that it did not give, or not in time
/// @param joined reads that waited for a load that another read of this process had started
/// @param elsewhere loads that another process did instead
/// @param late reads that did not wait until their load had ended
/// @param shed reads and refreshes turned away because as many as allowed were under way or waiting
/// @param cut loads not tried because the source had failed too often
/// @param unfilled loaded values that could not be brought into the server, or no longer might
public record LoadCounts(
        long loads, long failures, long joined, long elsewhere, long late, long shed, long cut, long unfilled) {}
