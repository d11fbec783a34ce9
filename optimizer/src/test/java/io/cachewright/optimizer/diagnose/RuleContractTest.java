package io.cachewright.optimizer.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Effect;
import io.cachewright.optimizer.advice.Experiment;
import io.cachewright.optimizer.advice.Remedy;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import io.cachewright.optimizer.evidence.NodeEvidence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What holds for every rule; rules and their fixtures are found, never listed.
class RuleContractTest {

    private static final List<Rule> RULES = Diagnoser.withInstalledRules().rules();

    @TestFactory
    Stream<DynamicNode> everyRuleKeepsTheContract() {
        return RULES.stream().map(rule -> {
            RuleFixtures fixtures = RuleFixtures.of(rule);
            return dynamicContainer(rule.card().id() + " " + rule.getClass().getSimpleName(), contract(rule, fixtures));
        });
    }

    @Test
    void idsAreUnique() {
        assertThat(RULES).extracting(rule -> rule.card().id()).doesNotHaveDuplicates();
    }

    @TestFactory
    Stream<DynamicNode> healthyDeploymentsYieldNothingAboveInfo() {
        List<Evidences> healthy = List.of(
                Evidences.healthy(Evidences.REDIS_7_0),
                Evidences.healthy(Evidences.VALKEY_8_1),
                Evidences.healthyReplica(Evidences.REDIS_7_0),
                Evidences.healthyReplica(Evidences.VALKEY_8_1));
        return RULES.stream()
                .map(rule -> dynamicTest(rule.card().id(), () -> {
                    for (Evidences deployment : healthy) {
                        if (deployment.judgedBy(rule) instanceof Verdict.Found(Finding finding, var _)) {
                            assertThat(finding.severity()).as("%s", finding).isEqualTo(Severity.INFO);
                        }
                    }
                }));
    }

    private static Stream<DynamicNode> contract(Rule rule, RuleFixtures fixtures) {
        List<Evidences> firing = new ArrayList<>(fixtures.firesToo());
        firing.addFirst(fixtures.fires());
        return Stream.of(
                dynamicTest("its card is filled in", () -> cardIsFilledIn(rule.card())),
                dynamicTest(
                        "fires", () -> firing.forEach(evidences -> findingIsComplete(evidences.foundBy(rule), rule))),
                dynamicTest(
                        "stays silent",
                        () -> assertThat(fixtures.silent().judgedBy(rule))
                                .isInstanceOfAny(Verdict.Healthy.class, Verdict.NotApplicable.class)),
                dynamicTest("is unknown when a need is withheld", () -> unknownWithoutNeeds(rule, fixtures)),
                dynamicTest("never fails on other missing evidence", () -> survivesMissingEvidence(rule, fixtures)),
                dynamicTest(
                        "says the same twice",
                        () -> assertThat(rule.judge(fixtures.fires().situation()))
                                .isEqualTo(rule.judge(fixtures.fires().situation()))),
                dynamicTest(
                        "its remedies are exact and reversible",
                        () -> firing.forEach(evidences -> evidences
                                .foundBy(rule)
                                .remedies()
                                .forEach(remedy -> remedyIsExact(remedy, evidences)))),
                dynamicTest(
                        "its remedies have ids of their own",
                        () -> firing.forEach(
                                evidences -> assertThat(evidences.foundBy(rule).remedies())
                                        .extracting(Remedy::id)
                                        .doesNotHaveDuplicates())));
    }

    private static void cardIsFilledIn(RuleCard card) {
        assertThat(card.id()).matches("[A-Z]{3}-[A-Z]?[0-9]{1,2}[a-e]?");
        assertThat(card.title()).isNotBlank().doesNotEndWith(".");
        assertThat(card.why()).isNotBlank();
        assertThat(card.needs()).isNotEmpty();
        assertThat(card.sources()).isNotEmpty().noneMatch(String::isBlank);
    }

    private static void findingIsComplete(Verdict.Found found, Rule rule) {
        Finding finding = found.finding();
        assertThat(finding.ruleId()).isEqualTo(rule.card().id());
        assertThat(finding.title()).isNotBlank();
        assertThat(finding.affects()).isNotEmpty();
        assertThat(finding.seen()).allSatisfy(observation -> {
            assertThat(observation.text()).isNotBlank();
            assertThat(observation.source()).isNotBlank();
        });
        assertThat(finding.seen())
                .anySatisfy(observation -> assertThat(observation.text()).containsPattern("\\d"));
    }

    private static void unknownWithoutNeeds(Rule rule, RuleFixtures fixtures) {
        for (Need need : rule.card().needs()) {
            assertThat(fixtures.fires().without(need).judgedBy(rule))
                    .as("without %s", need)
                    .isInstanceOf(Verdict.Unknown.class);
        }
    }

    private static void survivesMissingEvidence(Rule rule, RuleFixtures fixtures) {
        for (Need need : Need.values()) {
            fixtures.fires().without(need).judgedBy(rule);
            fixtures.silent().without(need).judgedBy(rule);
        }
    }

    private static void remedyIsExact(Remedy remedy, Evidences evidences) {
        assertThat(remedy.title()).isNotBlank();
        assertThat(remedy.reason()).as("reason of %s", remedy.id()).containsPattern("\\d");
        assertThat(remedy.cost()).isNotBlank();
        assertThat(remedy.risk().text()).isNotBlank();
        assertThat(remedy.serves()).isNotEmpty();
        assertThat(remedy.expect()).isNotEmpty().allSatisfy(RuleContractTest::effectHasABasis);
        remedy.changes().forEach(change -> changeIsReversible(change, evidences));
        if (remedy.experiment() instanceof Experiment.Parameters(var candidate)) {
            Set<String> set = new HashSet<>();
            remedy.changes().forEach(change -> {
                if (change instanceof Change.SetParameter parameter) {
                    set.add(parameter.name());
                }
            });
            assertThat(set)
                    .as("parameters that the experiment of %s tries", remedy.id())
                    .containsAll(candidate.keySet());
        }
    }

    private static void effectHasABasis(Effect effect) {
        switch (effect) {
            case Effect.Relative relative -> assertThat(relative.basis()).isNotBlank();
            case Effect.Protection(String text) -> assertThat(text).isNotBlank();
        }
    }

    private static void changeIsReversible(Change change, Evidences evidences) {
        switch (change) {
            case Change.SetParameter set -> {
                NodeEvidence node = evidences.evidence().nodes().stream()
                        .filter(candidate -> candidate.address().equals(set.node()))
                        .findFirst()
                        .orElseGet(() -> fail("no node " + set.node()));
                assertThat(node.config()
                                .flatMap(config -> config.text(set.name()))
                                .toOptional())
                        .as("old value of %s", set.name())
                        .contains(set.oldValue());
                assertThat(set.newValue()).isNotEqualTo(set.oldValue());
            }
            case Change.SetAcl set -> {
                assertThat(set.rule()).isNotBlank();
                assertThat(set.undoRule()).isNotBlank();
            }
            case Change.SetHost set -> {
                assertThat(set.command()).isNotBlank();
                assertThat(set.undoCommand()).isNotBlank();
            }
            case Change.SetTimeToLive set -> assertThat(set.newTimeToLive()).isPositive();
            case Change.Remodel remodel -> assertThat(remodel.from()).isNotBlank();
            case Change.ChangeClient client -> assertThat(client.from()).isNotBlank();
            case Change.ChangeTopology topology -> assertThat(topology.undo()).isNotBlank();
        }
    }
}
