package io.cachewright.optimizer.prove;

import io.cachewright.optimizer.advice.Effect.Metric;
import io.cachewright.optimizer.advice.Experiment;
import java.util.List;

/// A change that is often advised, put through the same proof as our own advice.
///
/// @param id unique among the proofs of one run, for example `trial/io-threads-above-cores`
/// @param claim what it is said to do, as one clause
/// @param claims the metrics that are said to improve
public record Trial(String id, String claim, Experiment experiment, List<Metric> claims) {

    public Trial {
        claims = List.copyOf(claims);
    }
}
