package io.cachewright.optimizer.rules.persistence;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.domain.Durations;
import io.cachewright.optimizer.advice.Remedy;
import io.cachewright.optimizer.diagnose.FindingBuilder;
import io.cachewright.optimizer.diagnose.Need;
import io.cachewright.optimizer.diagnose.Rule;
import io.cachewright.optimizer.diagnose.RuleCard;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Situation;
import io.cachewright.optimizer.diagnose.Topic;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import io.cachewright.optimizer.rules.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// PER-08: a crash loses more than the requirements allow. A cache without persistence is right as it is.
@AutoService(Rule.class)
public final class DurabilityBelowRequirement implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "PER-08",
            "A crash loses more data than may be lost",
            Topic.PERSISTENCE,
            RuleCard.Scope.PRIMARY,
            Set.of(Need.INFO, Need.WINDOW, Need.CONFIG),
            "Orders, positions and limits that were acknowledged are gone after a restart.",
            List.of("Redis documentation: persistence", "mcp-redis-diagnostics"));

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        Optional<Duration> rpo = situation.requirements().rpo();
        Role role = Role.of(situation);
        if (role == Role.CACHE && rpo.isEmpty()) {
            return new Verdict.NotApplicable("a cache is rebuilt, not recovered");
        }
        boolean aof = situation.parameter("appendonly").equals("yes");
        SavePoints savePoints = SavePoints.parse(situation.parameter("save"));
        Optional<Duration> loses = worstLoss(situation, aof, savePoints);
        String settings = "appendonly " + situation.parameter("appendonly")
                + (aof ? ", appendfsync " + situation.parameter("appendfsync") : "") + ", save \""
                + situation.parameter("save") + "\"";
        String seen = loses.map(most -> "a crash loses up to " + Durations.format(most) + " of writes")
                .orElse("a crash loses everything (100 %)");
        if (rpo.isPresent()
                ? loses.filter(most -> most.compareTo(rpo.get()) <= 0).isPresent()
                : loses.isPresent()) {
            return new Verdict.Healthy(seen + " with " + settings);
        }
        FindingBuilder finding = situation
                .finding(CARD, severity(role, rpo))
                .affects(Objective.DURABILITY)
                .seen(seen + " with " + settings, "CONFIG GET appendonly appendfsync save")
                .seen(
                        rpo.map(most -> "at most " + Durations.format(most) + " may be lost")
                                .orElse(
                                        role == Role.RECORD
                                                ? "some of it exists nowhere else"
                                                : "nobody said whether " + "this is only a cache, and it never evicts"),
                        "requirements");
        return finding.remedy(remedies(situation, aof, rpo, seen).toArray(Remedy[]::new))
                .verdict();
    }

    private static Severity severity(Role role, Optional<Duration> rpo) {
        if (rpo.isPresent()) {
            return Severity.HIGH;
        }
        return switch (role) {
            case RECORD -> Severity.CRITICAL;
            case CACHE, UNKNOWN -> Severity.INFO;
        };
    }

    /// Empty when everything is lost.
    private static Optional<Duration> worstLoss(Situation situation, boolean aof, SavePoints savePoints) {
        if (aof) {
            return switch (situation.parameter("appendfsync")) {
                case "always" -> Optional.of(Duration.ZERO);
                case "everysec" -> Optional.of(FsyncAlways.EVERY_SECOND_LOSES);
                // The kernel writes dirty pages out after 30 s.
                default -> Optional.of(Duration.ofSeconds(30));
            };
        }
        double changes = situation.rate("total_commands_processed")
                * situation.profile().writeShare().orElse(0.0);
        return savePoints.isEmpty()
                ? Optional.empty()
                : savePoints
                        .period(changes)
                        .or(() -> Optional.of(Duration.ofSeconds(savePoints.points().stream()
                                .mapToLong(SavePoints.Point::seconds)
                                .max()
                                .orElse(0))));
    }

    private static List<Remedy> remedies(Situation situation, boolean aof, Optional<Duration> rpo, String seen) {
        List<Remedy> remedies = new ArrayList<>();
        boolean always = rpo.filter(most -> most.compareTo(FsyncAlways.EVERY_SECOND_LOSES) < 0)
                .isPresent();
        remedies.add(append(situation, aof, always ? "always" : "everysec", seen));
        if (!aof && !always) {
            remedies.add(append(situation, false, "always", seen));
        }
        return remedies;
    }

    private static Remedy append(Situation situation, boolean aof, String fsync, String seen) {
        boolean always = fsync.equals("always");
        var remedy = remedy(
                "append-" + fsync,
                "Write an AOF that reaches the disk " + (always ? "with every write" : "every second"));
        if (!situation.parameter("appendfsync").equals(fsync)) {
            remedy.change(situation.set("appendfsync", fsync));
        }
        if (!aof) {
            remedy.change(situation.set("appendonly", "yes"));
        }
        return remedy.because(seen + "; appendfsync " + fsync + " loses " + (always ? "0 s" : "2 s") + " at most")
                .protects("a crash of the server or the machine loses at most "
                        + (always ? "what was not acknowledged" : "2 s"))
                .risk(
                        Remedy.Risk.Level.MEDIUM,
                        "the first rewrite forks; "
                                + (always ? "each write waits for the disk" : "a slow disk may stall the server"))
                .costs("disk space of about twice the data, and disk writes at the rate of the write traffic; also "
                        + "put it into redis.conf before the next restart, or the AOF is not loaded")
                .serves(Objective.DURABILITY)
                .harms(Objective.LATENCY, Objective.THROUGHPUT)
                .provedByItsParameters()
                .build();
    }
}
