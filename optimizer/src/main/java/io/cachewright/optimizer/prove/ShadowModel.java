package io.cachewright.optimizer.prove;

import io.cachewright.domain.Reading;
import io.cachewright.domain.ServerVersion;
import io.cachewright.lab.load.Workload;
import io.cachewright.lab.wire.Command;
import io.cachewright.optimizer.evidence.Evidence;
import io.cachewright.optimizer.evidence.ServerConfig;
import io.cachewright.optimizer.profile.WorkloadProfile;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// What a shadow is made like, and the load that parameters are tried under.
///
/// @param version of the target; empty when it is unknown, then the embedded server stands in
/// @param parameters of the target, by their lower-case names; the shadow takes over those that are safe
/// @param fill the data before the load; each call starts again
/// @param workload the load, in the rate and order it is to be sent; unavailable when nothing is known of it
/// @param description what the data and the load are, in one clause
public record ShadowModel(
        Optional<ServerVersion> version,
        Map<String, String> parameters,
        Supplier<Iterator<Command>> fill,
        Reading<Workload> workload,
        String description) {

    public ShadowModel {
        parameters = Map.copyOf(parameters);
    }

    /// A server with its defaults, without data or load: for comparing clients.
    public static ShadowModel empty() {
        return new ShadowModel(
                Optional.empty(),
                Map.of(),
                Collections::emptyIterator,
                Reading.unavailable(Reading.Cause.NOT_COLLECTED, "no load was given"),
                "no data, no load");
    }

    /// A shadow of the evidence's primary: its version and parameters, data and load as the profile tells.
    public static ShadowModel of(Evidence evidence, WorkloadProfile profile) {
        ProfileFill fill = new ProfileFill(profile.families().orElse(List.of()));
        Reading<ProfileLoad> load = ProfileLoad.of(profile, fill);
        return new ShadowModel(
                evidence.primary().version().toOptional(),
                parameters(evidence),
                fill::commands,
                load.map(ProfileLoad::workload),
                load.map(ProfileLoad::description).orElse("no load"));
    }

    /// A shadow of the evidence's primary with data and a load that are known exactly.
    public static ShadowModel of(
            Evidence evidence, Supplier<Iterator<Command>> fill, Workload workload, String description) {
        return new ShadowModel(
                evidence.primary().version().toOptional(),
                parameters(evidence),
                fill,
                Reading.known(workload),
                description);
    }

    private static Map<String, String> parameters(Evidence evidence) {
        return evidence.primary().config().map(ServerConfig::parameters).orElse(Map.of());
    }
}
