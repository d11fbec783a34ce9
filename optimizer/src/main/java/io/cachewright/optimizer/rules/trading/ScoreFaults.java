package io.cachewright.optimizer.rules.trading;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import io.cachewright.domain.UseCase;
import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Practice;
import io.cachewright.optimizer.advice.Remedy;
import io.cachewright.optimizer.advice.Remedy.Risk;
import io.cachewright.optimizer.advice.RemedyBuilder;
import io.cachewright.optimizer.diagnose.FindingBuilder;
import io.cachewright.optimizer.diagnose.RuleCard;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Situation;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.evidence.ValueFacts;
import io.cachewright.optimizer.profile.KeyFamily;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import io.cachewright.optimizer.rules.Offence;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/// What the rules about scores that a double cannot hold have in common.
final class ScoreFaults {

    private ScoreFaults() {}

    /// A judgement of the scores of one sorted set.
    interface Fault {
        boolean in(ValueFacts.Scores scores, int looked);
    }

    static Verdict judge(
            Situation situation,
            RuleCard card,
            Fault fault,
            Function<ValueFacts.Scores, String> detail,
            String to,
            String protection) {
        Predicate<KeyFamily> sortedSets = Offence.ofType("zset");
        if (!Offence.concerns(situation, sortedSets)) {
            return new Verdict.NotApplicable("no sorted sets in the sample");
        }
        List<Offence> offences = Offence.in(
                situation,
                sortedSets,
                0,
                (_, value) -> value.scores()
                        .filter(scores -> fault.in(scores, value.elementsLooked()))
                        .isPresent());
        if (offences.isEmpty()) {
            return new Verdict.Healthy("no score in the sampled sorted sets shows it");
        }
        FindingBuilder finding = situation.finding(card, Severity.HIGH).affects(Objective.CONSISTENCY);
        Offence.show(offences, offence -> seen(offence, detail), finding);
        return finding.remedy(remedy(offences, seen(offences.getFirst(), detail), to, protection))
                .verdict();
    }

    private static Remedy remedy(List<Offence> offences, String seen, String to, String protection) {
        RemedyBuilder remedy = RemedyBuilder.remedy("exact-scores", "Keep scores that a double can hold");
        boolean tapeOnly = true;
        for (Offence offence : Offence.shown(offences)) {
            boolean tape = offence.family().useCase() == UseCase.TAPE;
            tapeOnly &= tape;
            remedy.change(new Change.Remodel(
                    offence.family().pattern(),
                    "sorted set with such scores",
                    tape ? "stream, whose ids are times, capped by count" : to,
                    tape ? Practice.CAPPED_STREAM : Practice.EXACT_SCORES));
        }
        return remedy.because("one sampled key has " + seen + "; a double is exact to 2^53 = 9,007,199,254,740,992")
                .protects(protection)
                .risk(Risk.Level.MEDIUM, "range reads by score have to change with the writer")
                .costs(tapeOnly ? "the writer and readers of the tape change" : "the writer and range readers change")
                .serves(Objective.CONSISTENCY)
                .notProvable("a wrong order is no slower than a right one")
                .build();
    }

    private static String seen(Offence offence, Function<ValueFacts.Scores, String> detail) {
        ValueFacts value = offence.keys().getFirst().value().toOptional().orElseThrow();
        return detail.apply(value.scores().orElseThrow()) + " of " + value.elementsLooked() + " looked at";
    }
}
