package io.cachewright.optimizer.rules.trading;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.domain.UseCase;
import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Remedy;
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
import io.cachewright.optimizer.profile.KeyFamily;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import io.cachewright.optimizer.requirements.Requirements.StoreRole;
import io.cachewright.optimizer.rules.Figures;
import io.cachewright.optimizer.rules.Offence;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// TRD-C3: FIX sequence numbers and orders that a crash takes away.
@AutoService(Rule.class)
public final class StateWithoutDurability implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "TRD-C3",
            "Order or FIX session state is acknowledged before it is safe",
            Topic.TRADING,
            RuleCard.Scope.PRIMARY,
            Set.of(Need.INFO, Need.CONFIG, Need.KEYSPACE),
            "After a crash the server comes back with an older state than it acknowledged: sequence numbers repeat, "
                    + "orders are sent twice or forgotten, and nothing reports it.",
            List.of("darioajr/redis-quickfixj-plugin", "valkey: valkey.conf, appendfsync", "QuickFIX/J MessageStore"));

    private static final Predicate<KeyFamily> STATE = Offence.holding(
                    UseCase.FIX_SESSION, UseCase.ORDERS, UseCase.POSITIONS, UseCase.IDEMPOTENCY)
            .and(family -> family.confidence() >= 0.6);

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        List<KeyFamily> state = situation.families().stream().filter(STATE).toList();
        if (state.isEmpty()) {
            return new Verdict.NotApplicable("no orders, positions, idempotency keys or FIX sessions in the sample");
        }
        if (situation.requirements().storeRole().filter(StoreRole.CACHE::equals).isPresent()) {
            return new Verdict.NotApplicable(
                    "the requirements call it a cache: the state is a mirror of another store");
        }
        boolean appendOnly = situation.parameter("appendonly").equals("yes");
        String fsync = situation.parameter("appendfsync");
        long replicasRequired = situation
                .optionalParameter("min-replicas-to-write")
                .map(StateWithoutDurability::number)
                .orElse(0L);
        boolean everySecond = appendOnly && fsync.equals("everysec");
        boolean lossAllowed = situation
                .requirements()
                .rpo()
                .filter(rpo -> rpo.compareTo(Duration.ofSeconds(1)) >= 0)
                .isPresent();
        if (appendOnly && (fsync.equals("always") || replicasRequired > 0 || (everySecond && lossAllowed))) {
            return new Verdict.Healthy(
                    "appendonly yes, appendfsync " + fsync + ", min-replicas-to-write " + replicasRequired);
        }
        boolean only = situation.requirements().storeRole().isPresent()
                || situation.requirements().rpo().filter(Duration::isZero).isPresent();
        FindingBuilder finding = situation
                .finding(CARD, only ? Severity.HIGH : Severity.MEDIUM)
                .affects(Objective.DURABILITY, Objective.CONSISTENCY)
                .seen(
                        "appendonly " + (appendOnly ? "yes" : "no") + ", appendfsync " + fsync + ", save \""
                                + situation.optionalParameter("save").orElse("") + "\", min-replicas-to-write "
                                + replicasRequired,
                        "CONFIG GET");
        for (KeyFamily family : state) {
            finding.seen(Offence.name(family), "sampled keys").family(family.pattern());
        }
        long keys = state.stream().mapToLong(KeyFamily::estimatedKeys).sum();
        return finding.remedy(mirror(keys))
                .remedy(fsyncAlways(situation, appendOnly, fsync, keys))
                .verdict();
    }

    private static Remedy mirror(long keys) {
        return remedy("durable-master", "Keep the state in a local durable store, and here only its mirror")
                .change(new Change.ChangeTopology(
                        "order and session state",
                        "Redis or Valkey holds the only copy",
                        "a journal or database acknowledges first; the cache holds a mirror with an epoch and a revision",
                        "write the durable store first, reconcile, then treat the cache as a copy",
                        "the cache is still written: readers need no change to go back"))
                .because(Figures.count(keys) + " keys hold state that a crash may set back by what was not yet on disk")
                .protects("an acknowledged order or sequence number survives the loss of this server")
                .risk(Risk.Level.MEDIUM, "the durable write is on the order path: budget it in milliseconds")
                .costs("a durable store, and a reconciliation after each failover")
                .serves(Objective.DURABILITY, Objective.CONSISTENCY)
                .harms(Objective.LATENCY, Objective.COST)
                .notProvable("it shows when the server is lost; a drill measures it")
                .build();
    }

    private static Remedy[] fsyncAlways(Situation situation, boolean appendOnly, String fsync, long keys) {
        RemedyBuilder remedy = remedy("fsync-always", "Write every acknowledged command to disk: appendfsync always");
        if (!fsync.equals("always")) {
            remedy.change(situation.set("appendfsync", "always"));
        }
        if (!appendOnly) {
            remedy.change(situation.set("appendonly", "yes"));
        }
        return new Remedy[] {
            remedy.because("with appendfsync " + fsync + " up to about 2 s of acknowledged writes are lost in a crash; "
                            + keys + " keys of state are at stake")
                    .protects("what was acknowledged is on this machine's disk")
                    .risk(
                            Risk.Level.HIGH,
                            "every batch of writes waits for the disk; the loss of the machine still loses the data")
                    .costs("latency of one fsync an event loop; a disk with power-loss protection")
                    .serves(Objective.DURABILITY)
                    .harms(Objective.LATENCY, Objective.THROUGHPUT)
                    .provedByItsParameters()
                    .build()
        };
    }

    private static long number(String text) {
        return text.chars().allMatch(Character::isDigit) && !text.isEmpty() ? Long.parseLong(text) : 0;
    }
}
