package io.cachewright.optimizer.advice;

import java.util.Map;

/// How a remedy can be proved on a shadow server.
public sealed interface Experiment {

    /// The same load against the settings of today and against changed ones.
    ///
    /// @param candidate parameters that differ, name → new value
    record Parameters(Map<String, String> candidate) implements Experiment {
        public Parameters {
            candidate = Map.copyOf(candidate);
        }
    }

    /// What the clients do today against what they should do, both doing the same job.
    ///
    /// @param sizes what was observed and scales the workloads: `levels`, `bytes`, `keys`, `changesPerBatch` …
    record ClientPractice(Practice practice, Map<String, Long> sizes) implements Experiment {
        public ClientPractice {
            sizes = Map.copyOf(sizes);
        }
    }

    /// No measurement on this machine could show it.
    ///
    /// @param reason one clause for people, for example `an alert changes nothing until something fails`
    record NotProvable(String reason) implements Experiment {}
}
