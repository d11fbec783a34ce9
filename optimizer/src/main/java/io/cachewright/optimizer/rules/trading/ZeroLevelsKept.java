package io.cachewright.optimizer.rules.trading;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.domain.UseCase;
import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Effect.Metric;
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
import io.cachewright.optimizer.profile.KeyFamily;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import io.cachewright.optimizer.rules.Figures;
import io.cachewright.optimizer.rules.Offence;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// TRD-B4: levels whose quantity is zero stay in the book.
@AutoService(Rule.class)
public final class ZeroLevelsKept implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "TRD-B4",
            "Book levels with quantity zero are kept",
            Topic.TRADING,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.KEYSPACE, Need.VALUES),
            "A venue sends quantity zero to delete a level. Kept, it makes the best price wrong for every reader that "
                    + "does not filter, and the book only grows.",
            List.of("Grommash9/gemini_to_redis", "dydxprotocol/v4-chain: zero-size levels linger"));

    /// Of the levels looked at; a zero level that is deleted a moment later would be seen more rarely.
    private static final double ZERO_SHARE_MIN = 0.01;

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        Predicate<KeyFamily> books = Offence.holding(UseCase.DEPTH).and(Offence.ofType("hash"));
        if (!Offence.concerns(situation, books)) {
            return new Verdict.NotApplicable("no book is kept in hashes");
        }
        List<Offence> offences = Offence.in(situation, books, 0, (_, value) -> value.zeroShare() >= ZERO_SHARE_MIN);
        if (offences.isEmpty()) {
            return new Verdict.Healthy("no sampled book holds levels with quantity zero");
        }
        double worst = offences.stream()
                .mapToDouble(ZeroLevelsKept::zeroShareMax)
                .max()
                .orElse(0);
        FindingBuilder finding = situation
                .finding(CARD, Severity.HIGH)
                .affects(Objective.CONSISTENCY, Objective.MEMORY, Objective.LATENCY);
        Offence.show(
                offences,
                offence -> "up to " + Figures.percent(zeroShareMax(offence)) + " of the levels are zero",
                finding);
        return finding.remedy(remedy("delete-zero-levels", "Delete a level when its quantity becomes zero")
                        .change(new Change.ChangeClient(
                                Practice.PRICE_AS_MEMBER,
                                "HSET price 0",
                                "HDEL price, in the same batch as the other changes; one sweep removes what is there"))
                        .because(
                                Figures.percent(worst)
                                        + " of the levels of a sampled book are zero; in recorded feeds 14 to 48 % of level updates are deletes")
                        .expect(Metric.MEMORY, -worst, -worst / 2, 0, "share of zero levels in the sampled books")
                        .protects("the best price is one at which somebody trades")
                        .risk(Risk.Level.LOW, "none for readers that already skip zero quantities")
                        .costs("one line in the writer, one sweep")
                        .serves(Objective.CONSISTENCY, Objective.MEMORY)
                        .notProvable("a wrong best price shows in no latency figure")
                        .build())
                .verdict();
    }

    private static double zeroShareMax(Offence offence) {
        return offence.keys().stream()
                .flatMap(key -> key.value().toOptional().stream())
                .mapToDouble(ValueFacts::zeroShare)
                .max()
                .orElse(0);
    }
}
