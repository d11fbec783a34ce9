package io.cachewright.optimizer.advice;

/// What a remedy is expected to do: a relative change of something measurable with its interval, or a protection
/// that no benchmark shows.
public sealed interface Effect {

    /// A relative change: −0.60 is 60 % less.
    ///
    /// @param low the end of the interval nearer to −1
    /// @param basis where the expectation comes from: a computation from the observed numbers, or a measurement
    record Relative(Metric metric, double low, double expected, double high, String basis) implements Effect {
        public Relative {
            if (!(low <= expected && expected <= high)) {
                throw new IllegalArgumentException(
                        "an interval is ordered, was " + low + " … " + expected + " … " + high);
            }
        }

        /// Whether the metric is expected to get better; else this is a price.
        public boolean isGain() {
            return metric.isMoreBetter() == expected > 0;
        }
    }

    /// Something bad that can no longer happen, or is noticed when it does.
    record Protection(String text) implements Effect {}

    /// What can be measured on a shadow server.
    enum Metric {
        P50("p50", "latency", false),
        P99("p99", "latency", false),
        P999("p99.9", "latency", false),
        THROUGHPUT("throughput", "requests a second", true),
        SERVER_TIME("server time", "CPU time of the server for the same load", false),
        MEMORY("memory", "used_memory", false),
        BYTES_IN("bytes in", "network input", false),
        BYTES_OUT("bytes out", "network output", false),
        HIT_RATIO("hit ratio", "share of reads answered", true);

        private final String label;
        private final String what;
        private final boolean moreIsBetter;

        Metric(String label, String what, boolean moreIsBetter) {
            this.label = label;
            this.what = what;
            this.moreIsBetter = moreIsBetter;
        }

        public String label() {
            return label;
        }

        public String what() {
            return what;
        }

        public boolean isMoreBetter() {
            return moreIsBetter;
        }
    }
}
