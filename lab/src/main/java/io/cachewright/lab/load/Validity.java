package io.cachewright.lab.load;

/// Whether a run's latencies may be believed.
public sealed interface Validity {

    record Valid() implements Validity {}

    /// @param reason one sentence for people
    record Invalid(String reason) implements Validity {}

    default boolean isValid() {
        return this instanceof Valid;
    }
}
