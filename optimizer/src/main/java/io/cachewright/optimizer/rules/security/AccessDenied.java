package io.cachewright.optimizer.rules.security;

import com.google.auto.service.AutoService;
import io.cachewright.optimizer.diagnose.FindingBuilder;
import io.cachewright.optimizer.diagnose.Need;
import io.cachewright.optimizer.diagnose.Rule;
import io.cachewright.optimizer.diagnose.RuleCard;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Situation;
import io.cachewright.optimizer.diagnose.Topic;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.evidence.AclDenial;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// SEC-03: someone was refused within the window. Many wrong passwords from one place are an attack or a client with
/// an old secret; refused commands are an application with too few rights.
@AutoService(Rule.class)
public final class AccessDenied implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "SEC-03",
            "Someone is refused",
            Topic.SECURITY,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.INFO, Need.WINDOW, Need.ACL),
            "Wrong passwords in number are an attack or a client whose secret was not rotated.",
            List.of("Redis documentation: ACL LOG", "BetterDB Monitor: authentication failures"));

    /// A person mistypes a few times; a program does not stop.
    private static final long FAILURES_GRAVE = 10;

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        List<AclDenial> denials = Situation.known(situation.node().aclDenials()).stream()
                .filter(denial -> denial.age().compareTo(situation.window().length()) <= 0)
                .toList();
        if (denials.isEmpty()) {
            return new Verdict.Healthy("nobody was refused within the window");
        }
        long failures = denials.stream()
                .filter(denial -> denial.reason().equals("auth"))
                .mapToLong(AclDenial::count)
                .sum();
        FindingBuilder finding = situation
                .finding(
                        CARD,
                        failures >= FAILURES_GRAVE ? Severity.HIGH : failures > 0 ? Severity.MEDIUM : Severity.LOW)
                .title(failures > 0 ? "Logins fail" : "Applications are refused commands or keys")
                .affects(Objective.SECURITY, Objective.OPERATIONS);
        Map<String, Long> bySource = denials.stream()
                .collect(Collectors.groupingBy(
                        denial -> denial.reason() + " from " + denial.clientHost(),
                        Collectors.summingLong(AclDenial::count)));
        bySource.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(5)
                .forEach(entry -> finding.seen(
                        entry.getValue() + " × " + entry.getKey(), "ACL LOG, " + situation.windowSource()));
        return finding.verdict();
    }
}
