package io.cachewright.optimizer.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachewright.optimizer.diagnose.Diagnosis.Judgement;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.requirements.Requirements;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import io.cachewright.optimizer.requirements.RequirementsFile;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class DiagnoserTest {

    @Test
    void tellsGravestFindingsFirstAndThenById() {
        Diagnosis diagnosis = diagnose(
                Evidences.healthy(),
                found("MEM-90", Severity.LOW),
                rule("AAA-01", RuleCard.Scope.PRIMARY, Set.of(Need.INFO), _ -> new Verdict.Healthy("fine")),
                found("MEM-92", Severity.HIGH),
                found("MEM-91", Severity.HIGH));

        assertThat(diagnosis.judgements())
                .extracting(judgement -> judgement.rule().id())
                .containsExactly("MEM-91", "MEM-92", "MEM-90", "AAA-01");
        assertThat(diagnosis.found()).hasSize(3);
    }

    @Test
    void answersUnknownWithTheReasonWhenANeedIsNotMet() {
        Diagnosis diagnosis = diagnose(Evidences.healthy().without(Need.CONFIG), found("MEM-90", Severity.LOW));

        assertThat(diagnosis.judgements())
                .singleElement()
                .extracting(Judgement::verdict)
                .isEqualTo(new Verdict.Unknown("CONFIG is not permitted for this user"));
    }

    @Test
    void answersUnknownWhenEvidenceTurnsOutToBeMissingOnTheWay() {
        Diagnosis diagnosis = diagnose(
                Evidences.healthy(),
                rule(
                        "MEM-90",
                        RuleCard.Scope.PRIMARY,
                        Set.of(Need.INFO),
                        situation -> new Verdict.Healthy("never printed: " + situation.number("no_such_field"))));

        assertThat(diagnosis.judgements())
                .singleElement()
                .extracting(Judgement::verdict)
                .isEqualTo(new Verdict.Unknown("INFO has no no_such_field here"));
    }

    @Test
    void keepsTheOtherFindingsWhenOneRuleIsBroken() {
        Rule broken = rule("MEM-90", RuleCard.Scope.PRIMARY, Set.of(Need.INFO), _ -> {
            throw new ArithmeticException("divided by zero");
        });
        Diagnosis diagnosis = diagnose(Evidences.healthy(), broken, found("MEM-91", Severity.LOW));

        assertThat(diagnosis.found()).hasSize(1);
        assertThat(diagnosis.judgements().getLast().verdict())
                .isInstanceOfSatisfying(
                        Verdict.Unknown.class,
                        unknown ->
                                assertThat(unknown.missing()).contains("MEM-90").contains("ArithmeticException"));
        assertThatThrownBy(() -> Evidences.healthy().judgedBy(broken)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void judgesOnceWhatNoRequirementDecides() {
        AtomicInteger blind = new AtomicInteger();
        AtomicInteger looking = new AtomicInteger();
        Situation situation = Evidences.healthy().situation();
        Diagnoses diagnoses = new Diagnoser(List.of(
                        rule("AAA-01", RuleCard.Scope.PRIMARY, Set.of(Need.INFO), _ -> {
                            blind.incrementAndGet();
                            return new Verdict.Healthy("fine");
                        }),
                        rule("AAA-02", RuleCard.Scope.PRIMARY, Set.of(Need.INFO), asked -> {
                            looking.incrementAndGet();
                            return new Verdict.Healthy(asked.requirements().toString());
                        })))
                .over(situation.evidence(), situation.profile());

        for (String requirements : List.of("rpo: 0s", "rpo: 5m")) {
            Requirements wanted = RequirementsFile.read(requirements, "test");
            assertThat(diagnoses.under(wanted).judgements())
                    .extracting(Judgement::verdict)
                    .containsExactly(new Verdict.Healthy("fine"), new Verdict.Healthy(wanted.toString()));
        }
        assertThat(blind).hasValue(1);
        assertThat(looking).hasValue(2);
    }

    @Test
    void judgesOnlyTheNodesInScope() {
        Evidences replica = Evidences.healthyReplica(Evidences.REDIS_7_0);
        Diagnosis diagnosis = diagnose(
                replica,
                rule("AAA-01", RuleCard.Scope.EVERY_NODE, Set.of(Need.INFO), _ -> new Verdict.Healthy("fine")),
                rule("AAA-02", RuleCard.Scope.PRIMARY, Set.of(Need.INFO), _ -> new Verdict.Healthy("fine")),
                rule("AAA-03", RuleCard.Scope.REPLICAS, Set.of(Need.INFO), _ -> new Verdict.Healthy("fine")));

        assertThat(diagnosis.judgements())
                .extracting(judgement -> judgement.rule().id() + " " + judgement.node())
                .containsExactly(
                        "AAA-01 127.0.0.1:6379",
                        "AAA-01 127.0.0.1:6380",
                        "AAA-02 127.0.0.1:6379",
                        "AAA-03 127.0.0.1:6380");
    }

    @Test
    void refusesTwoRulesWithOneId() {
        assertThatThrownBy(() -> new Diagnoser(List.of(found("MEM-90", Severity.LOW), found("MEM-90", Severity.HIGH))))
                .hasMessageContaining("MEM-90");
    }

    private static Diagnosis diagnose(Evidences evidences, Rule... rules) {
        Situation situation = evidences.situation();
        return new Diagnoser(List.of(rules))
                .diagnose(situation.evidence(), situation.profile(), situation.requirements());
    }

    private static Rule found(String id, Severity severity) {
        return rule(
                id,
                RuleCard.Scope.PRIMARY,
                Set.of(Need.CONFIG),
                situation -> situation
                        .finding(card(id, RuleCard.Scope.PRIMARY, Set.of(Need.CONFIG)), severity)
                        .affects(Objective.MEMORY)
                        .seen("1 thing", "INFO")
                        .verdict());
    }

    private static Rule rule(String id, RuleCard.Scope scope, Set<Need> needs, Function<Situation, Verdict> verdict) {
        return new Rule() {
            @Override
            public RuleCard card() {
                return DiagnoserTest.card(id, scope, needs);
            }

            @Override
            public Verdict judge(Situation situation) {
                return verdict.apply(situation);
            }
        };
    }

    private static RuleCard card(String id, RuleCard.Scope scope, Set<Need> needs) {
        return new RuleCard(id, "Something is wrong", Topic.MEMORY, scope, needs, "It hurts.", List.of("a test"));
    }
}
