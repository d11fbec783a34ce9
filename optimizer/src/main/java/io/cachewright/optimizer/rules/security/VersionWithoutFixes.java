package io.cachewright.optimizer.rules.security;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.domain.Engine;
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
import java.util.Optional;
import java.util.Set;

/// SEC-06: the version has a known hole through which a logged-in client runs code on the machine (CVE-2025-49844, a
/// use after free in Lua, published on 2025-10-03), or belongs to a line that no longer gets fixes. A distribution may
/// have mended it without changing the number, which the finding says.
@AutoService(Rule.class)
public final class VersionWithoutFixes implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "SEC-06",
            "The version has a known hole that newer ones have closed",
            Topic.SECURITY,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.CONFIG, Need.VERSION),
            "A client that may run scripts can take over the server's machine.",
            List.of(
                    "CVE-2025-49844, GHSA-4789-qfc9-5f9q (2025-10-03)",
                    "Redis releases 6.2.20, 7.2.11, 7.4.6, 8.0.4, 8.2.2 (2025-10-03)",
                    "Valkey releases 7.2.11, 8.0.6, 8.1.4 (2025-10-03)"));

    /// The first safe version of each line. Lines that are missing here ended before (Redis 7.0 in July 2024) and have
    /// none, or began after.
    private static final List<ServerVersion> SAFE_FROM = List.of(
            new ServerVersion(Engine.REDIS, 6, 2, 20),
            new ServerVersion(Engine.REDIS, 7, 2, 11),
            new ServerVersion(Engine.REDIS, 7, 4, 6),
            new ServerVersion(Engine.REDIS, 8, 0, 4),
            new ServerVersion(Engine.REDIS, 8, 2, 2),
            new ServerVersion(Engine.VALKEY, 7, 2, 11),
            new ServerVersion(Engine.VALKEY, 8, 0, 6),
            new ServerVersion(Engine.VALKEY, 8, 1, 4));

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        ServerVersion version = situation.version();
        if (isSafe(version)) {
            return new Verdict.Healthy(version + " has the fixes of 2025-10-03");
        }
        Exposure exposure = Exposure.of(situation);
        ServerVersion target = target(version);
        String seen = version + "; closed in " + target + " (2025-10-03)";
        return situation
                .finding(CARD, exposure.remote() ? Severity.MEDIUM : Severity.INFO)
                .affects(Objective.SECURITY)
                .seen(seen + "; CVE-2025-49844 lets a client with EVAL run code", "INFO server")
                .seen(
                        exposure.text() + "; a distribution may have mended it under the same number",
                        "CONFIG GET bind port")
                .remedy(upgrade(situation, version, target, seen), forbidScripts(situation, seen))
                .verdict();
    }

    private static boolean isSafe(ServerVersion version) {
        Optional<ServerVersion> line = line(version);
        return line.map(safe -> version.patch() >= safe.patch()).orElseGet(() -> switch (version.engine()) {
            case REDIS -> version.isAtLeast(Engine.REDIS, 8, 4);
            case VALKEY -> version.isAtLeast(Engine.VALKEY, 9, 0);
        });
    }

    private static Optional<ServerVersion> line(ServerVersion version) {
        return SAFE_FROM.stream()
                .filter(safe -> safe.engine() == version.engine()
                        && safe.major() == version.major()
                        && safe.minor() == version.minor())
                .findFirst();
    }

    /// The fix of its own line, else the nearest newer line.
    private static ServerVersion target(ServerVersion version) {
        return SAFE_FROM.stream()
                .filter(safe -> safe.isAtLeast(version.engine(), version.major(), version.minor()))
                .findFirst()
                .orElse(SAFE_FROM.getLast());
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
                .protects("the hole is closed, and the next one will be")
                .risk(Remedy.Risk.Level.MEDIUM, "the way back needs a server of the old version that still follows")
                .costs("a maintenance window with one failover")
                .serves(Objective.SECURITY)
                .notProvable("a hole has no latency; behaviour of the new version is worth a shadow run of its own")
                .build();
    }

    private static Remedy forbidScripts(Situation situation, String seen) {
        return remedy("forbid-scripts", "Forbid scripts to users that do not need them, until the upgrade")
                .change(new Change.SetAcl(situation.node().address(), "default", "-@scripting", "+@scripting"))
                .because(seen + "; without EVAL and FUNCTION the hole cannot be reached")
                .protects("a stolen client password no longer gives the machine away")
                .risk(Remedy.Risk.Level.HIGH, "applications that use Lua are refused")
                .costs("one ACL SETUSER a user")
                .serves(Objective.SECURITY)
                .harms(Objective.OPERATIONS)
                .notProvable("a refused command has no latency")
                .build();
    }
}
