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
import io.cachewright.optimizer.evidence.SampledKey;
import io.cachewright.optimizer.profile.KeyFamily;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import io.cachewright.optimizer.rules.Offence;
import java.util.List;
import java.util.Set;

/// TRD-S1: tokens and keys in names that every tool prints.
@AutoService(Rule.class)
public final class SecretInKeyName implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "TRD-S1",
            "Key names contain secrets",
            Topic.TRADING,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.KEYSPACE),
            "Names appear in SCAN, MONITOR, the slow log, backups and every dashboard; a token in a name is a token that "
                    + "was published, and it cannot be erased like a value.",
            List.of("orbs-network/order-book: API key in the key name", "OWASP Logging Cheat Sheet"));

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        List<KeyFamily> leaking = situation.families().stream()
                .filter(family -> family.sampled().stream().anyMatch(SampledKey::redacted))
                .toList();
        if (leaking.isEmpty()) {
            return new Verdict.Healthy("no sampled name looks like a secret");
        }
        FindingBuilder finding = situation.finding(CARD, Severity.HIGH).affects(Objective.SECURITY);
        RemedyBuilder remedy = remedy("hash-tokens", "Put a keyed hash of the token in the name");
        long names = 0;
        for (KeyFamily family : leaking) {
            long here = family.sampled().stream().filter(SampledKey::redacted).count();
            names += here;
            finding.seen(
                            Offence.name(family) + ": " + here + " of "
                                    + family.sampled().size()
                                    + " sampled names held something that looks like a secret (redacted here)",
                            "sampled names")
                    .family(family.pattern());
            remedy.change(new Change.Remodel(
                    family.pattern(),
                    "token in the name",
                    "HMAC-SHA-256 of the token in the name, key held by the application",
                    Practice.HASHED_TOKENS));
        }
        return finding.remedy(remedy.because(names + " sampled names hold what looks like a secret")
                        .protects("reading names no longer gives access")
                        .risk(Risk.Level.LOW, "sessions are looked up by the hash: one computation a request")
                        .costs("the writer and the readers of these keys change; the tokens seen have to be replaced")
                        .serves(Objective.SECURITY)
                        .notProvable("a leak shows in no latency figure")
                        .build())
                .verdict();
    }
}
