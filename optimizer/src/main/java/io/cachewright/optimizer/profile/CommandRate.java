package io.cachewright.optimizer.profile;

/// One command over the window.
///
/// @param name lower case; subcommands as `config|get`
/// @param microsPerCall mean service time in the server
/// @param serverTimeShare share of all commands' service time
/// @param rejectedPerSecond refused before execution
/// @param failedPerSecond failed in execution
public record CommandRate(
        String name,
        double callsPerSecond,
        double microsPerCall,
        double serverTimeShare,
        double rejectedPerSecond,
        double failedPerSecond) {}
