package io.cachewright.optimizer.rules.trading;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.domain.UseCase;
import io.cachewright.optimizer.advice.Change;
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
import io.cachewright.optimizer.rules.Offence;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// TRD-B8: prices without a sequence or a time.
@AutoService(Rule.class)
public final class NoSequenceOrTime implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "TRD-B8",
            "Prices carry neither a sequence nor a time",
            Topic.TRADING,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.KEYSPACE, Need.VALUES),
            "After a feed stops, a price without a time looks as good as a live one, and a reader cannot tell an older "
                    + "write that came late.",
            List.of("wouterds/bitcoinprice.dev: price without timestamp"));

    private static final double MOST = 0.5;

    /// What a bounded look can read; a packed value keeps its header to itself.
    private static final Set<ValueFacts.Form> READABLE =
            Set.of(ValueFacts.Form.JSON, ValueFacts.Form.DECIMAL, ValueFacts.Form.INTEGER, ValueFacts.Form.TEXT);

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        // A side kept as a hash price → quantity has no place for a header; its header is another key.
        Predicate<KeyFamily> prices = Offence.holding(UseCase.TOP_OF_BOOK, UseCase.TICKER)
                .and(Offence.ofType("string").or(Offence.ofType("hash")))
                .or(Offence.holding(UseCase.DEPTH).and(Offence.ofType("string")));
        if (!Offence.concerns(situation, prices)) {
            return new Verdict.NotApplicable("no top of book, ticker or whole book in the sample");
        }
        List<Offence> offences = Offence.in(
                situation,
                prices,
                MOST,
                (_, value) -> READABLE.contains(value.form()) && !value.hasSequence() && !value.hasTimestamp());
        if (offences.isEmpty()) {
            return new Verdict.Healthy("every readable price family carries a sequence or a time");
        }
        boolean books = offences.stream().anyMatch(offence -> offence.family().useCase() != UseCase.TICKER);
        FindingBuilder finding =
                situation.finding(CARD, books ? Severity.HIGH : Severity.MEDIUM).affects(Objective.CONSISTENCY);
        Offence.show(offences, offence -> "none with a sequence or a time", finding);
        int keys = offences.stream().mapToInt(offence -> offence.keys().size()).sum();
        return finding.remedy(remedy("add-header", "Write sequence, exchange time and receive time with every price")
                        .change(
                                new Change.ChangeClient(
                                        Practice.SEQUENCE_AND_TIME,
                                        "bare values",
                                        "bidPx, bidQty, askPx, askQty, seq, exchTs, recvTs, src in one hash, with a lease of three heartbeats"))
                        .because(keys + " sampled values say nothing about when they were true")
                        .protects("readers refuse a price that is too old or out of order")
                        .risk(Risk.Level.LOW, "about 40 bytes a key more; readers of a bare value change")
                        .costs("writer and readers change")
                        .serves(Objective.CONSISTENCY)
                        .harms(Objective.MEMORY)
                        .notProvable("staleness shows only when a feed stops")
                        .build())
                .verdict();
    }
}
