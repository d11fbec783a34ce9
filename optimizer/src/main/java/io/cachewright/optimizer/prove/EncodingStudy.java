package io.cachewright.optimizer.prove;

import io.cachewright.domain.Reading;
import io.cachewright.domain.ServerVersion;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.wire.Command;
import io.cachewright.lab.wire.Reply;
import io.cachewright.lab.wire.WireConnection;
import io.cachewright.optimizer.advice.Effect.Metric;
import io.cachewright.optimizer.prove.EncodingEffect.OperationCost;
import io.cachewright.optimizer.prove.EncodingEffect.Stored;
import io.cachewright.optimizer.prove.FamilyCommands.Operation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/// What other encoding limits would save, and what they would cost: for each family, a sample of its keys is loaded
/// into a server with the limit of today and one with the other, memory is read from both, and single operations are
/// run on both in turn.
///
/// A higher listpack limit saves memory and makes every lookup walk the list; advice that names only the first is half
/// the truth.
public final class EncodingStudy {

    /// The operation costs of one candidate get no less than this, or are left out.
    private static final Duration LEAST_PER_OPERATION = Duration.ofMillis(900);

    private final Duration budget;
    private final long seed;
    private final Consumer<String> progress;

    /// @param budget for all families together
    /// @param seed of the operations, and of the coin that decides which side goes first
    /// @param progress is told one line before each candidate
    public EncodingStudy(Duration budget, long seed, Consumer<String> progress) {
        if (!budget.isPositive()) {
            throw new IllegalArgumentException("the budget must be positive, was " + budget);
        }
        this.budget = budget;
        this.seed = seed;
        this.progress = progress;
    }

    /// One effect for each limit that would change how a family is stored; the first families get their
    /// measurements first.
    ///
    /// @param version of the server that the families come from; empty when it is unknown
    /// @param parameters of that server as far as they are known; its defaults hold for the others
    public List<EncodingEffect> study(
            List<FamilySample> families, Optional<ServerVersion> version, Map<String, String> parameters) {
        return OnOwnThread.call("encodings", () -> {
            Cores.bindThisThreadElsewhere();
            ShadowHost host = ShadowHost.like(new ShadowModel(
                    version,
                    parameters,
                    Collections::emptyIterator,
                    Reading.unavailable(Reading.Cause.NOT_COLLECTED, "single operations are run"),
                    "a sample of each family"));
            return new Run(host).study(families);
        });
    }

    private record Case(FamilySample sample, EncodingCandidate candidate) {}

    /// The study of one set of families on one kind of server.
    private final class Run {

        private final ShadowHost host;
        private final LoadComparison comparison = new LoadComparison(new PairedRuns(seed, System::nanoTime));
        private final long end = System.nanoTime() + budget.toNanos();

        Run(ShadowHost host) {
            this.host = host;
        }

        List<EncodingEffect> study(List<FamilySample> families) {
            List<Case> cases = families.stream()
                    .flatMap(sample -> EncodingCandidate.of(sample, host.limits()).stream()
                            .map(candidate -> new Case(sample, candidate)))
                    .toList();
            List<EncodingEffect> effects = new ArrayList<>();
            for (int i = 0; i < cases.size(); i++) {
                effects.add(measure(cases.get(i), (end - System.nanoTime()) / (cases.size() - i)));
            }
            return effects;
        }

        private EncodingEffect measure(Case one, long nanosAtMost) {
            FamilySample sample = one.sample();
            EncodingCandidate candidate = one.candidate();
            progress.accept(String.format(
                    Locale.ROOT,
                    "%s: %s %s → %s",
                    sample.pattern(),
                    candidate.parameter(),
                    candidate.from(),
                    candidate.to()));
            FamilyCommands commands = new FamilyCommands(sample);
            long deadline = System.nanoTime() + nanosAtMost;
            try (RedisServer before = host.start(Map.of(), commands.fill());
                    RedisServer after = host.start(Map.of(candidate.parameter(), candidate.to()), commands.fill())) {
                boolean isBound = Cores.bindServers(before, after);
                Stored stored = stored(before, sample);
                Stored changed = stored(after, sample);
                List<OperationCost> costs = costs(commands.operations(seed), before, after, deadline);
                return new EncodingEffect(
                        sample.pattern(),
                        sample.type().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        candidate.parameter(),
                        candidate.from(),
                        candidate.to(),
                        candidate.reason(),
                        sample.keys().size(),
                        Math.round(sample.keysPerSample() * sample.keys().size()),
                        stored,
                        changed,
                        costs,
                        String.format(
                                Locale.ROOT,
                                "%s; %d keys on both sides, runs of %d ms in random order over a Unix socket%s",
                                host.description(),
                                sample.keys().size(),
                                LoadArm.SLICE.toMillis(),
                                isBound ? ", servers bound to one core" : ""));
            }
        }

        private List<OperationCost> costs(
                List<Operation> operations, RedisServer before, RedisServer after, long deadline) {
            List<OperationCost> costs = new ArrayList<>();
            for (int i = 0; i < operations.size(); i++) {
                long share = (deadline - System.nanoTime()) / (operations.size() - i);
                if (share < LEAST_PER_OPERATION.toNanos()) {
                    return costs;
                }
                Operation operation = operations.get(i);
                Judgement judgement = comparison
                        .compare(
                                before,
                                after,
                                operation.workload(),
                                new Expectation(List.of(Metric.SERVER_TIME), Set.of()),
                                System.nanoTime() + share)
                        .outcome()
                        .judgement();
                costs.add(new OperationCost(
                        operation.name(), judgement.verdict(), judgement.comparisons(), judgement.reason()));
            }
            return costs;
        }
    }

    private static Stored stored(RedisServer server, FamilySample sample) {
        try (WireConnection connection = server.connect();
                ServerMeter meter = new ServerMeter(server.connect())) {
            List<Command> questions = new ArrayList<>();
            for (FamilySample.Key key : sample.keys()) {
                questions.add(
                        Command.ofBytes(ascii("MEMORY"), ascii("USAGE"), key.name(), ascii("SAMPLES"), ascii("0")));
                questions.add(Command.ofBytes(ascii("OBJECT"), ascii("ENCODING"), key.name()));
            }
            List<Reply> replies = connection.pipeline(questions);
            long bytes = 0;
            Map<String, Integer> encodings = new TreeMap<>();
            for (int i = 0; i < replies.size(); i += 2) {
                bytes += replies.get(i).integer();
                encodings.merge(replies.get(i + 1).text(), 1, Integer::sum);
            }
            return new Stored(bytes, meter.memoryBytes(), encodings);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
