package io.cachewright.optimizer.prove;

import io.cachewright.domain.ServerVersion;
import io.cachewright.lab.load.Workload;
import io.cachewright.lab.wire.Command;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// What a shadow is made like, and the load that parameters are tried under.
///
/// @param version of the target; empty when it is unknown, then the embedded server stands in
/// @param parameters of the target, by their lower-case names; the shadow takes over those that are safe
/// @param fill the data before the load; each call starts again
/// @param workload the load, in the rate and order it is to be sent
/// @param description what the data and the load are, in one clause
public record ShadowModel(
        Optional<ServerVersion> version,
        Map<String, String> parameters,
        Supplier<Iterator<Command>> fill,
        Workload workload,
        String description) {

    public ShadowModel {
        parameters = Map.copyOf(parameters);
    }
}
