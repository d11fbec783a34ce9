package io.cachewright.optimizer.diagnose;

import io.cachewright.optimizer.diagnose.Diagnosis.Judgement;
import io.cachewright.optimizer.evidence.Evidence;
import io.cachewright.optimizer.evidence.NodeEvidence;
import io.cachewright.optimizer.profile.WorkloadProfile;
import io.cachewright.optimizer.requirements.Requirements;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks every rule about every node in its scope. Pure: the same input gets the same diagnosis, in the same order.
public final class Diagnoser {

    private static final Logger LOG = LoggerFactory.getLogger(Diagnoser.class);

    /// Findings first, gravest first; then everything else; by id of the rule within. The sort is stable, so nodes
    /// stay in the order of the evidence.
    static final Comparator<Judgement> ORDER = Comparator.comparingInt(Diagnoser::rank)
            .thenComparing(Diagnoser::severity, Comparator.reverseOrder())
            .thenComparing(judgement -> judgement.rule().id());

    private final List<Rule> rules;

    /// @throws IllegalArgumentException when two rules share an id
    public Diagnoser(List<Rule> rules) {
        Set<String> ids = new HashSet<>();
        for (Rule rule : rules) {
            if (!ids.add(rule.card().id())) {
                throw new IllegalArgumentException(
                        "two rules have the id " + rule.card().id());
            }
        }
        this.rules = rules.stream()
                .sorted(Comparator.comparing(rule -> rule.card().id()))
                .toList();
    }

    /// With every rule that the service loader finds.
    public static Diagnoser withInstalledRules() {
        return new Diagnoser(ServiceLoader.load(Rule.class, Diagnoser.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .toList());
    }

    /// By id.
    public List<Rule> rules() {
        return rules;
    }

    public Diagnosis diagnose(Evidence evidence, WorkloadProfile profile, Requirements requirements) {
        return over(evidence, profile).under(requirements);
    }

    /// The same for requirements that are still to come, each time without judging again what none of them decides.
    public Diagnoses over(Evidence evidence, WorkloadProfile profile) {
        List<Diagnoses.Case> cases = new ArrayList<>();
        for (Rule rule : rules) {
            for (NodeEvidence node : evidence.nodes()) {
                if (covers(rule.card().scope(), evidence, node)) {
                    cases.add(new Diagnoses.Case(new Question(rule, node)));
                }
            }
        }
        return new Diagnoses(evidence, profile, cases, List.of());
    }

    /// A rule that is asked about a node.
    record Question(Rule rule, NodeEvidence node) {

        Judgement judge(Situation situation) {
            return new Judgement(rule.card(), node.address(), judgeOrExplain(rule, situation));
        }
    }

    /// One rule's verdict about one node. A need that is not met, and evidence that turns out to be missing on the way,
    /// are *unknown*; any other exception is a bug of the rule and passes through.
    public static Verdict judge(Rule rule, Situation situation) {
        Optional<String> missing = Needs.firstMissing(rule.card().needs(), situation.node());
        if (missing.isPresent()) {
            return new Verdict.Unknown(missing.get());
        }
        try {
            return rule.judge(situation);
        } catch (EvidenceMissing e) {
            return new Verdict.Unknown(e.reason());
        }
    }

    /// One broken rule must not cost the user the findings of all others.
    private static Verdict judgeOrExplain(Rule rule, Situation situation) {
        try {
            return judge(rule, situation);
        } catch (RuntimeException e) {
            String id = rule.card().id();
            LOG.error("rule {} failed on {}", id, situation.node().address(), e);
            return new Verdict.Unknown(
                    "internal error in rule " + id + ": " + e.getClass().getSimpleName() + "; please report it");
        }
    }

    private static boolean covers(RuleCard.Scope scope, Evidence evidence, NodeEvidence node) {
        return switch (scope) {
            case EVERY_NODE -> true;
            // The node that was asked for speaks for the deployment even when it is itself a replica of one unseen.
            case PRIMARY -> node.address().equals(evidence.primary().address());
            case REPLICAS -> node.isReplica();
        };
    }

    /// Findings before what is unknown, healthy and not applicable.
    private static int rank(Judgement judgement) {
        return switch (judgement.verdict()) {
            case Verdict.Found _ -> 0;
            case Verdict.Unknown _ -> 1;
            case Verdict.Healthy _ -> 2;
            case Verdict.NotApplicable _ -> 3;
        };
    }

    private static Severity severity(Judgement judgement) {
        return judgement.verdict() instanceof Verdict.Found(Finding finding, var _)
                ? finding.severity()
                : Severity.INFO;
    }
}
