package io.cachewright.domain.policy;

import io.cachewright.domain.Durations;
import io.cachewright.domain.Problems;
import java.time.Duration;

/// How long the durations of a policy may be, in a file and in a builder alike. Whatever is longer is meant as "for
/// ever", and does not fit into nanoseconds.
final class Spans {

    static final Duration MIN = Duration.ofMillis(1);
    static final Duration MAX = Duration.ofDays(365);

    private Spans() {}

    static void check(String name, Duration given, Duration min, Problems problems) {
        if (given.compareTo(min) < 0 || given.compareTo(MAX) > 0) {
            problems.add(
                    name + " must be " + Durations.format(min) + " to " + Durations.format(MAX) + ", was " + given);
        }
    }
}
