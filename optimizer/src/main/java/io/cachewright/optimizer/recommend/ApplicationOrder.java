package io.cachewright.optimizer.recommend;

import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Change.Restart;
import io.cachewright.optimizer.advice.Practice;
import io.cachewright.optimizer.advice.Remedy;
import io.cachewright.optimizer.recommend.Plan.Phase;
import io.cachewright.optimizer.recommend.Plan.Recommendation;
import io.cachewright.optimizer.recommend.Plan.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;

/// In which order a plan is carried out: by phase, and what another change needs comes before it.
final class ApplicationOrder {

    /// @param first what must be done
    /// @param then before what
    /// @param because why, as one clause
    private record Precedence(Predicate<Change> first, Predicate<Change> then, String because) {}

    private static final List<Precedence> PRECEDENCES = List.of(
            new Precedence(
                    practice(Practice.SEPARATE_STATE),
                    sets("maxmemory-policy", value -> !value.equals("noeviction")),
                    "state that must never be evicted leaves the server before anything is evicted there"),
            new Precedence(
                    change -> change instanceof Change.SetTimeToLive
                            || practice(Practice.SET_WITH_TTL).test(change),
                    sets("maxmemory-policy", value -> value.startsWith("volatile-")),
                    "a volatile policy can only evict keys that have a lifetime"),
            new Precedence(
                    sets("maxmemory-policy", _ -> true),
                    sets("maxmemory", value -> !value.equals("0")),
                    "with the old policy the new limit would refuse writes or evict the wrong keys"),
            new Precedence(
                    practice(Practice.KEY_REGISTRY),
                    change -> change instanceof Change.SetAcl acl && acl.rule().startsWith("-"),
                    "clients stop using a command before it is taken away from them"),
            new Precedence(
                    change -> change instanceof Change.ChangeTopology,
                    sets("min-replicas-to-write", value -> !value.equals("0")),
                    "a primary without enough replicas would refuse every write"),
            new Precedence(
                    practice(Practice.CONNECTION_REUSE),
                    sets("maxclients", _ -> true),
                    "the limit is sized for clients that reuse their connections"));

    private ApplicationOrder() {}

    /* Kahn's algorithm: of the recommendations whose predecessors are all done, the one of the earliest phase and the
     * lowest number is next. Should two need each other, the phase decides. */
    static List<Step> of(List<Recommendation> recommendations) {
        TreeMap<Integer, Step> waiting = new TreeMap<>();
        for (Recommendation recommendation : recommendations) {
            waiting.put(recommendation.number(), step(recommendation, recommendations));
        }
        List<Step> order = new ArrayList<>();
        while (!waiting.isEmpty()) {
            Comparator<Step> byPhase = Comparator.comparing(Step::phase).thenComparingInt(Step::recommendation);
            Step next = waiting.values().stream()
                    .filter(step -> step.after().stream().noneMatch(waiting::containsKey))
                    .min(byPhase)
                    .orElseGet(() -> waiting.values().stream().min(byPhase).orElseThrow());
            order.add(next);
            waiting.remove(next.recommendation());
        }
        return List.copyOf(order);
    }

    private static Step step(Recommendation recommendation, List<Recommendation> all) {
        List<Integer> after = new ArrayList<>();
        List<String> because = new ArrayList<>();
        for (Recommendation other : all) {
            if (other.number() == recommendation.number()) {
                continue;
            }
            PRECEDENCES.stream()
                    .filter(precedence -> makes(other.remedy(), precedence.first)
                            && makes(recommendation.remedy(), precedence.then)
                            && !makes(recommendation.remedy(), precedence.first))
                    .findFirst()
                    .ifPresent(precedence -> {
                        after.add(other.number());
                        because.add(precedence.because);
                    });
        }
        return new Step(
                recommendation.number(),
                phase(recommendation.remedy()),
                after,
                String.join("; ", because.stream().distinct().toList()));
    }

    /// The latest phase of its changes: a remedy is only done when all of it is.
    private static Phase phase(Remedy remedy) {
        return remedy.changes().stream()
                .map(change -> phase(change, remedy.risk().level()))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static Phase phase(Change change, Remedy.Risk.Level risk) {
        Phase now = risk == Remedy.Risk.Level.LOW ? Phase.SAFE_SETTINGS : Phase.SETTINGS;
        return switch (change) {
            case Change.SetParameter set when set.restart() == Restart.NEEDED -> Phase.RESTARTS;
            case Change.SetParameter set when isMonitoring(set.name()) -> Phase.MONITORING;
            case Change.SetParameter _, Change.SetAcl _ -> now;
            case Change.SetHost _ -> Phase.HOST;
            case Change.SetTimeToLive _, Change.Remodel _, Change.ChangeClient _ -> Phase.CLIENTS;
            case Change.ChangeTopology _ -> Phase.TOPOLOGY;
        };
    }

    private static boolean isMonitoring(String parameter) {
        return parameter.startsWith("slowlog-")
                || parameter.startsWith("commandlog-")
                || parameter.startsWith("latency-")
                || parameter.startsWith("acllog-");
    }

    private static boolean makes(Remedy remedy, Predicate<Change> change) {
        return remedy.changes().stream().anyMatch(change);
    }

    private static Predicate<Change> practice(Practice practice) {
        return change -> switch (change) {
            case Change.ChangeClient client -> client.practice() == practice;
            case Change.Remodel remodel -> remodel.practice() == practice;
            case Change.SetParameter _,
                    Change.SetAcl _,
                    Change.SetHost _,
                    Change.SetTimeToLive _,
                    Change.ChangeTopology _ -> false;
        };
    }

    private static Predicate<Change> sets(String parameter, Predicate<String> value) {
        return change ->
                change instanceof Change.SetParameter set && set.name().equals(parameter) && value.test(set.newValue());
    }
}
