package io.cachewright.optimizer.rules.trading;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.domain.UseCase;
import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Effect.Metric;
import io.cachewright.optimizer.advice.Experiment;
import io.cachewright.optimizer.advice.Practice;
import io.cachewright.optimizer.advice.Remedy.Risk;
import io.cachewright.optimizer.diagnose.FindingBuilder;
import io.cachewright.optimizer.diagnose.Need;
import io.cachewright.optimizer.diagnose.Rule;
import io.cachewright.optimizer.diagnose.RuleCard;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Situation;
import io.cachewright.optimizer.diagnose.Topic;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.evidence.ValueFacts;
import io.cachewright.optimizer.profile.CommandRate;
import io.cachewright.optimizer.profile.KeyFamily;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import io.cachewright.optimizer.rules.Figures;
import io.cachewright.optimizer.rules.Offence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// TRD-N1: money added up as floating-point numbers.
@AutoService(Rule.class)
public final class FloatingPointMoney implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "TRD-N1",
            "Money is added up as floating-point numbers",
            Topic.TRADING,
            RuleCard.Scope.PRIMARY,
            Set.of(Need.WINDOW),
            "INCRBYFLOAT adds in binary floating point and stores up to 17 digits: positions and balances drift by "
                    + "fractions that no reconciliation explains.",
            List.of("redis: INCRBYFLOAT, HINCRBYFLOAT", "valkey: src/t_string.c incrbyfloatCommand"));

    private static final List<String> FLOAT_COMMANDS = List.of("incrbyfloat", "hincrbyfloat", "json.numincrby");

    /// 2^53 has 16 digits: a number with more was computed in binary floating point, or will be wrong once it is.
    private static final int DIGITS_OF_A_DOUBLE = 15;

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        List<CommandRate> used = new ArrayList<>();
        for (CommandRate rate : Situation.known(situation.profile().commands())) {
            if (FLOAT_COMMANDS.contains(rate.name())) {
                used.add(rate);
            }
        }
        List<KeyFamily> drifted = familiesWithLongFractions(situation);
        if (used.isEmpty() && drifted.isEmpty()) {
            return new Verdict.Healthy(
                    "no floating-point increment ran, and no sampled amount has more digits than a double holds");
        }
        FindingBuilder finding = situation.finding(CARD, Severity.HIGH).affects(Objective.CONSISTENCY);
        for (CommandRate rate : used) {
            finding.seen(
                    rate.name().toUpperCase(Locale.ROOT) + " " + Figures.perSecond(rate.callsPerSecond()) + ", "
                            + Figures.micros(rate.microsPerCall()) + " a call",
                    "INFO commandstats, " + situation.windowSource());
        }
        for (KeyFamily family : drifted) {
            finding.seen(
                            Offence.name(family) + ": numbers of up to " + digits(family)
                                    + " significant digits with a fraction; a double keeps " + DIGITS_OF_A_DOUBLE,
                            "sampled values")
                    .family(family.pattern());
        }
        long keys = moneyKeys(situation);
        String seen = used.isEmpty()
                ? "sampled amounts have more than " + DIGITS_OF_A_DOUBLE + " digits"
                : Figures.perSecond(used.stream()
                                .mapToDouble(CommandRate::callsPerSecond)
                                .sum()) + " increments run in floating point";
        return finding.remedy(remedy(
                                "scaled-integers",
                                "Keep amounts as 64-bit integers scaled by the instrument, and add with HINCRBY")
                        .change(
                                new Change.ChangeClient(
                                        Practice.SCALED_INTEGERS,
                                        "INCRBYFLOAT, HINCRBYFLOAT or JSON numbers",
                                        "HINCRBY of quantity × 10^scale, one hash an account; the scale lives with the instrument"))
                        .because(seen + "; 0.1 + 0.2 is not 0.3 in binary, and the error stays")
                        .protects("the sum of fills is the position, to the last unit")
                        .expect(
                                Metric.SERVER_TIME,
                                -0.3,
                                -0.1,
                                0.05,
                                "formatting and parsing a long double against a long; the share of all commands decides")
                        .risk(
                                Risk.Level.MEDIUM,
                                "stored values have to be converted once, while their writers stand still")
                        .costs("writers and readers of positions and balances change; one conversion")
                        .serves(Objective.CONSISTENCY)
                        .provedBy(new Experiment.ClientPractice(Practice.SCALED_INTEGERS, Map.of("keys", keys)))
                        .build())
                .verdict();
    }

    private static List<KeyFamily> familiesWithLongFractions(Situation situation) {
        // A time in nanoseconds has 19 digits too, so values that carry one prove nothing.
        return situation.profile().families().toOptional().orElse(List.of()).stream()
                .filter(Offence.holding(
                        UseCase.POSITIONS, UseCase.RISK_LIMITS, UseCase.ORDERS, UseCase.DEPTH, UseCase.TICKER))
                .filter(family -> digits(family) > DIGITS_OF_A_DOUBLE)
                .toList();
    }

    private static int digits(KeyFamily family) {
        return family.sampled().stream()
                .flatMap(key -> key.value().toOptional().stream())
                .filter(value -> value.fractionShare() > 0 && !value.hasTimestamp() && !value.hasSequence())
                .mapToInt(ValueFacts::significantDigitsMax)
                .max()
                .orElse(0);
    }

    private static long moneyKeys(Situation situation) {
        return Math.max(
                1,
                situation.profile().families().toOptional().orElse(List.of()).stream()
                        .filter(Offence.holding(UseCase.POSITIONS, UseCase.RISK_LIMITS))
                        .mapToLong(KeyFamily::estimatedKeys)
                        .sum());
    }
}
