package io.cachewright.optimizer.prove;

import io.cachewright.optimizer.advice.Effect.Metric;
import io.cachewright.optimizer.advice.Experiment;
import io.cachewright.optimizer.advice.Experiment.ClientPractice;
import io.cachewright.optimizer.advice.Experiment.NotProvable;
import io.cachewright.optimizer.advice.Experiment.Parameters;
import io.cachewright.optimizer.prove.Proof.Verdict;
import io.cachewright.optimizer.prove.practice.JobPair;
import io.cachewright.optimizer.prove.practice.PracticeTrial;
import io.cachewright.optimizer.prove.practice.Sizes;
import io.cachewright.optimizer.recommend.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Proves each recommendation of a plan, and each trial, by measuring it on shadow servers.
public final class Prover {

    /// Below this a proof could not even start its servers and warm up.
    private static final Duration LEAST_PER_PROOF = Duration.ofMillis(300);

    /// So many recommendations are measured before the first trial.
    private static final int RECOMMENDATIONS_FIRST = 6;

    private final Duration budget;
    private final long seed;
    private final Consumer<String> progress;

    /// @param budget for all proofs together; what a clear case saves goes to those after it
    /// @param seed of the coin that decides which side goes first
    /// @param progress is told one line before each proof
    public Prover(Duration budget, long seed, Consumer<String> progress) {
        if (!budget.isPositive()) {
            throw new IllegalArgumentException("the budget must be positive, was " + budget);
        }
        this.budget = budget;
        this.seed = seed;
        this.progress = progress;
    }

    /// One proof for each recommendation, in their order, then one for each trial.
    public List<Proof> prove(Plan plan, List<Trial> trials, ShadowModel model) {
        List<Case> cases = new ArrayList<>();
        plan.recommendations()
                .forEach(recommendation -> cases.add(new Case(
                        recommendation.id(),
                        false,
                        recommendation.remedy().title(),
                        recommendation.remedy().experiment(),
                        Expectation.of(recommendation.remedy().expect()))));
        trials.forEach(trial -> cases.add(new Case(
                trial.id(), true, trial.claim(), trial.experiment(), new Expectation(trial.claims(), Set.of()))));
        return OnOwnThread.call("proof", () -> new Session(model).prove(cases));
    }

    /// Two ways of doing a job, compared as practices are, within the whole budget.
    ///
    /// @param id what the proof is named
    /// @param claims the metrics that are said to improve
    public Proof compare(String id, JobPair jobs, List<Metric> claims, ShadowModel model) {
        long deadlineNanos = System.nanoTime() + budget.toNanos();
        return OnOwnThread.call("proof", () -> {
            Cores.bindThisThreadElsewhere();
            return new PracticeComparison(ShadowHost.like(model), new PairedRuns(seed, System::nanoTime))
                    .compare(jobs, new Expectation(claims, Set.of()), deadlineNanos)
                    .toProof(id);
        });
    }

    private record Case(String id, boolean isTrial, String title, Experiment experiment, Expectation expectation) {}

    /// The same experiment for the same ends is measured once.
    private record Question(Experiment experiment, List<Metric> deciding) {}

    /// The proofs of one plan.
    private final class Session {

        private final ShadowModel model;
        private final PairedRuns runs = new PairedRuns(seed, System::nanoTime);
        private final Map<Question, Proof> known = new HashMap<>();
        private final long end = System.nanoTime() + budget.toNanos();
        private Optional<ShadowHost> host = Optional.empty();

        Session(ShadowModel model) {
            this.model = model;
        }

        List<Proof> prove(List<Case> cases) {
            Cores.bindThisThreadElsewhere();
            Map<String, Proof> proofs = new HashMap<>();
            List<Case> measurable = new ArrayList<>();
            for (Case one : cases) {
                whyNot(one.experiment(), model)
                        .ifPresentOrElse(
                                reason -> proofs.put(one.id(), notProvable(one, reason)), () -> measurable.add(one));
            }
            List<Case> ordered = inTurn(measurable);
            for (int done = 0; done < ordered.size(); done++) {
                Case one = ordered.get(done);
                Question question =
                        new Question(one.experiment(), one.expectation().deciding());
                Proof proof = known.get(question);
                if (proof == null) {
                    proof = measure(one, (end - System.nanoTime()) / (ordered.size() - done));
                    known.put(question, proof);
                }
                proofs.put(
                        one.id(),
                        new Proof(one.id(), proof.verdict(), proof.comparisons(), proof.setting(), proof.reason()));
            }
            return cases.stream()
                    .flatMap(one -> Stream.ofNullable(proofs.get(one.id())))
                    .toList();
        }

        private Proof measure(Case one, long nanosAtMost) {
            if (nanosAtMost < LEAST_PER_PROOF.toNanos()) {
                return notProvable(one, "the time for proofs was used up");
            }
            progress.accept(one.title());
            try {
                return compare(one.experiment(), one.expectation(), System.nanoTime() + nanosAtMost)
                        .toProof(one.id());
            } catch (RuntimeException e) {
                return notProvable(one, "measuring failed: " + firstLine(e));
            }
        }

        private Measured compare(Experiment experiment, Expectation expectation, long deadlineNanos) {
            return switch (experiment) {
                case Parameters(Map<String, String> candidate) ->
                    new ParameterComparison(
                                    host(),
                                    runs,
                                    model,
                                    model.workload().toOptional().orElseThrow())
                            .compare(candidate, expectation, deadlineNanos);
                case ClientPractice(var practice, var sizes) -> {
                    PracticeTrial trial = PracticeComparison.trialOf(practice).orElseThrow();
                    yield new PracticeComparison(host(), runs)
                            .compare(trial.jobs(new Sizes(sizes)), expectation, deadlineNanos);
                }
                case NotProvable(String reason) -> throw new IllegalStateException(reason);
            };
        }

        private ShadowHost host() {
            if (host.isEmpty()) {
                host = Optional.of(ShadowHost.like(model));
            }
            return host.get();
        }
    }

    /// The most valuable recommendations, then trials and recommendations by turns: where the time ends before all are
    /// measured, it is the least valuable of both that go without.
    private static List<Case> inTurn(List<Case> cases) {
        List<Case> recommendations =
                cases.stream().filter(one -> !one.isTrial()).toList();
        List<Case> trials = cases.stream().filter(Case::isTrial).toList();
        int first = Math.min(recommendations.size(), RECOMMENDATIONS_FIRST);
        List<Case> ordered = new ArrayList<>(recommendations.subList(0, first));
        for (int i = 0; i < Math.max(trials.size(), recommendations.size() - first); i++) {
            ordered.addAll(trials.subList(Math.min(i, trials.size()), Math.min(i + 1, trials.size())));
            ordered.addAll(recommendations.subList(
                    Math.min(first + i, recommendations.size()), Math.min(first + i + 1, recommendations.size())));
        }
        return ordered;
    }

    /// Why an experiment cannot be made at all; empty when it can.
    private static Optional<String> whyNot(Experiment experiment, ShadowModel model) {
        return switch (experiment) {
            case Parameters(Map<String, String> candidate) ->
                candidate.keySet().stream()
                        .sorted()
                        .flatMap(name -> SafeParameters.whyNotProvable(name).stream())
                        .findFirst()
                        .or(() -> model.workload().missing());
            case ClientPractice(var practice, Map<String, Long> _) ->
                PracticeComparison.trialOf(practice).isPresent()
                        ? Optional.empty()
                        : Optional.of("what it gains is no matter of speed or size: " + practice.label());
            case NotProvable(String reason) -> Optional.of(reason);
        };
    }

    private static Proof notProvable(Case one, String reason) {
        return new Proof(one.id(), Verdict.NOT_PROVABLE_HERE, List.of(), "", reason);
    }

    private static String firstLine(RuntimeException e) {
        String message = e.getMessage();
        return message == null
                ? e.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
