package io.cachewright.lab.load;

import java.time.Duration;

/// How long a load runs, and its bounds.
///
/// @param warmUp sent, but not counted
/// @param duration counted, after the warm-up
/// @param drain how long replies are awaited after the last command; what is unanswered then counts with its age
/// @param inFlightMax commands sent and not answered; one more is dropped, and the run is invalid
/// @param unsentBytesMax bytes that wait because the server does not read; beyond that commands are dropped too
public record LoadSettings(Duration warmUp, Duration duration, Duration drain, int inFlightMax, long unsentBytesMax) {

    private static final int IN_FLIGHT_MAX = 1_000_000;

    private static final long UNSENT_BYTES_MAX = 256L << 20;

    public LoadSettings {
        if (warmUp.isNegative() || drain.isNegative() || !duration.isPositive()) {
            throw new IllegalArgumentException("duration must be positive, warmUp and drain not negative, were "
                    + duration + ", " + warmUp + ", " + drain);
        }
        if (inFlightMax < 1 || unsentBytesMax < 1) {
            throw new IllegalArgumentException("inFlightMax and unsentBytesMax must be positive");
        }
    }

    /// Counts for that long, after a warm-up of one second.
    public static LoadSettings lasting(Duration duration) {
        return new LoadSettings(
                Duration.ofSeconds(1), duration, Duration.ofSeconds(5), IN_FLIGHT_MAX, UNSENT_BYTES_MAX);
    }

    public LoadSettings withWarmUp(Duration newWarmUp) {
        return new LoadSettings(newWarmUp, duration, drain, inFlightMax, unsentBytesMax);
    }

    public LoadSettings withDrain(Duration newDrain) {
        return new LoadSettings(warmUp, duration, newDrain, inFlightMax, unsentBytesMax);
    }

    public LoadSettings withInFlightMax(int newInFlightMax) {
        return new LoadSettings(warmUp, duration, drain, newInFlightMax, unsentBytesMax);
    }
}
