package io.cachewright.optimizer.rules.trading;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Practice;
import io.cachewright.optimizer.advice.Remedy.Risk;
import io.cachewright.optimizer.advice.RemedyBuilder;
import io.cachewright.optimizer.diagnose.FindingBuilder;
import io.cachewright.optimizer.diagnose.Need;
import io.cachewright.optimizer.diagnose.Rule;
import io.cachewright.optimizer.diagnose.RuleCard;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Situation;
import io.cachewright.optimizer.diagnose.Topic;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.evidence.ValueFacts;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import io.cachewright.optimizer.rules.Offence;
import java.util.List;
import java.util.Set;

/// TRD-S2: values written by pickle or Java serialisation.
@AutoService(Rule.class)
public final class NativeSerialization implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "TRD-S2",
            "Values are written by a language's own serialisation",
            Topic.TRADING,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.KEYSPACE, Need.VALUES),
            "Reading pickle or Java-serialised bytes can run code: whoever can write to the cache can take over every "
                    + "reader. No other language can read them, and a changed class breaks old values.",
            List.of("OWASP Deserialization Cheat Sheet", "Ashutxshj/OKX-Simulator: pickle values"));

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        List<Offence> offences = Offence.in(
                situation,
                _ -> true,
                0,
                (_, value) ->
                        value.form() == ValueFacts.Form.JAVA_SERIALIZED || value.form() == ValueFacts.Form.PICKLE);
        if (offences.isEmpty()) {
            return new Verdict.Healthy("no sampled value starts like pickle or Java serialisation");
        }
        FindingBuilder finding =
                situation.finding(CARD, Severity.HIGH).affects(Objective.SECURITY, Objective.OPERATIONS);
        Offence.show(offences, offence -> "values start like " + form(offence), finding);
        RemedyBuilder remedy = remedy("schema", "Write values with a versioned schema: SBE, Protobuf or JSON");
        Offence.shown(offences)
                .forEach(offence -> remedy.change(new Change.Remodel(
                        offence.family().pattern(),
                        form(offence),
                        "SBE, Protobuf or JSON with a version in front; readers accept both until the old values expired",
                        Practice.SAFE_SERIALIZATION)));
        int keys = offences.stream().mapToInt(offence -> offence.keys().size()).sum();
        return finding.remedy(remedy.because(keys + " sampled values are read by a decoder that can run code")
                        .protects("a value can no longer be a program")
                        .risk(
                                Risk.Level.MEDIUM,
                                "readers and writers of all languages change together, or read both for a while")
                        .costs("a schema, and its code in every reader and writer")
                        .serves(Objective.SECURITY, Objective.OPERATIONS)
                        .notProvable("a safe decoder is a matter of trust, not of latency")
                        .build())
                .verdict();
    }

    private static String form(Offence offence) {
        boolean pickle = offence.keys().getFirst().value().toOptional().stream()
                .anyMatch(value -> value.form() == ValueFacts.Form.PICKLE);
        return pickle ? "Python pickle" : "Java serialisation";
    }
}
