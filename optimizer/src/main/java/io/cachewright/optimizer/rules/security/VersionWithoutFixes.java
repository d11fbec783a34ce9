package io.cachewright.optimizer.rules.security;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.domain.ServerVersion;
import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Remedy;
import io.cachewright.optimizer.diagnose.Need;
import io.cachewright.optimizer.diagnose.Rule;
import io.cachewright.optimizer.diagnose.RuleCard;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Situation;
import io.cachewright.optimizer.diagnose.Topic;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// SEC-06: the version lacks fixes of holes that a logged-in client can use, or belongs to a line that no longer gets
/// any. A distribution may have mended it without changing the number, which the finding says; and what was found after
/// the newest release in [SecurityRelease] is not known here, which the verdict says.
@AutoService(Rule.class)
public final class VersionWithoutFixes implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "SEC-06",
            "The version has a known hole that newer ones have closed",
            Topic.SECURITY,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.CONFIG, Need.VERSION),
            "A client that has logged in can take over the server's machine.",
            List.of(
                    "CVE-2025-49844 (2025-10-03), CVE-2026-23479, CVE-2026-25243, CVE-2026-23631 (2026-05-05)",
                    "CVE-2026-56684, CVE-2026-63639 (Valkey, 2026-07-21)",
                    "release notes of Redis up to 2026-09-18 and of Valkey up to 2026-07-21"));

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        ServerVersion version = situation.version();
        List<SecurityRelease> missing = SecurityRelease.missingIn(version);
        if (missing.isEmpty() && SecurityRelease.isSupported(version)) {
            return new Verdict.Healthy(version + " has the fixes known on " + SecurityRelease.knownUntil());
        }
        Exposure exposure = Exposure.of(situation);
        ServerVersion target = SecurityRelease.upgradeOf(version);
        String seen = version + " lacks the fixes of " + missing.size() + " security releases; all are in " + target
                + (SecurityRelease.isSupported(version) ? "" : ", as its own line has ended");
        return situation
                .finding(CARD, exposure.remote() ? Severity.MEDIUM : Severity.INFO)
                .affects(Objective.SECURITY)
                .seen(seen + "; open: " + told(missing), "INFO server")
                .seen(
                        exposure.text() + "; a distribution may have mended it under the same number",
                        "CONFIG GET bind port")
                .remedy(upgrade(situation, version, target, seen), forbidScripts(situation, seen))
                .verdict();
    }

    private static String told(List<SecurityRelease> missing) {
        return missing.reversed().stream()
                .map(release -> release.closes() + " (" + release.day() + ")")
                .collect(Collectors.joining("; "));
    }

    private static Remedy upgrade(Situation situation, ServerVersion from, ServerVersion to, String seen) {
        return remedy("upgrade", "Upgrade to " + to)
                .change(new Change.ChangeTopology(
                        "version of " + situation.node().address(),
                        from.toString(),
                        to.toString(),
                        "upgrade a replica, let it catch up, fail over to it, upgrade the old primary",
                        "fail back to a server of " + from + " that was kept; a snapshot of the newer version may not "
                                + "load in the older one"))
                .because(seen)
                .protects("the holes are closed, and the next ones will be")
                .risk(Remedy.Risk.Level.MEDIUM, "the way back needs a server of the old version that still follows")
                .costs("a maintenance window with one failover")
                .serves(Objective.SECURITY)
                .notProvable("a hole has no latency; behaviour of the new version is worth a shadow run of its own")
                .build();
    }

    private static Remedy forbidScripts(Situation situation, String seen) {
        return remedy("forbid-scripts", "Forbid scripts and RESTORE to users that do not need them, until the upgrade")
                .change(new Change.SetAcl(
                        situation.node().address(), "default", "-@scripting -restore", "+@scripting +restore"))
                .because(seen + "; without EVAL and FUNCTION the holes in scripts cannot be reached, without RESTORE"
                        + " those in crafted values")
                .protects("a stolen client password gives the machine away less easily; the other holes stay open")
                .risk(Remedy.Risk.Level.HIGH, "applications that use Lua or copy keys are refused")
                .costs("one ACL SETUSER a user")
                .serves(Objective.SECURITY)
                .harms(Objective.OPERATIONS)
                .notProvable("a refused command has no latency")
                .build();
    }
}
