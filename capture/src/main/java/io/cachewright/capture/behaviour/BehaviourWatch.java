package io.cachewright.capture.behaviour;

import io.cachewright.capture.command.Answer;
import io.cachewright.capture.command.Arguments;
import io.cachewright.capture.command.CapturedCommand;
import io.cachewright.capture.command.CommandSpec;
import io.cachewright.capture.command.CommandTable;
import io.cachewright.capture.command.Key;
import io.cachewright.capture.command.KeyAccess;
import io.cachewright.capture.command.KeyPool;
import io.cachewright.capture.command.KeyUse;
import io.cachewright.capture.command.ReplyType;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/// Takes every command of one capture and says at the end how the cache is used.
public final class BehaviourWatch implements Consumer<CapturedCommand> {

    /// Every key with more than a 4,096th of all requests is surely among the counters.
    private static final int COUNTERS = 4_096;

    private static final int HOT_KEYS_TOLD = 50;
    private static final int FAMILY_KEYS_MAX = 200_000;
    /// Names that no server of the table knows are told up to this many.
    private static final int NAMES_MAX = 1_000;

    private static final String OTHERS = "(others)";
    private static final int GAP_DIGITS = 3;

    private final KeyPool pool = new KeyPool();
    private final HeavyHitters byRequests = new HeavyHitters(COUNTERS);
    private final HeavyHitters byBytes = new HeavyHitters(COUNTERS);
    private final HeavyHitters byTime = new HeavyHitters(COUNTERS);
    private final KeyUses keyUses = new KeyUses(FAMILY_KEYS_MAX);
    private final DistinctKeys distinct = new DistinctKeys();
    private final Map<String, Tally> mix = new HashMap<>();
    private final Histogram gaps = new Histogram(GAP_DIGITS);
    private final List<BurstCounter> bursts = List.of(
            new BurstCounter(Duration.ofMillis(10)),
            new BurstCounter(Duration.ofMillis(100)),
            new BurstCounter(Duration.ofSeconds(1)));
    private final Timeline timeline = new Timeline();
    private long commands;
    private long reads;
    private long writes;
    private int clientMax = -1;
    private long firstNanos = Long.MAX_VALUE;
    private long lastNanos = Long.MIN_VALUE;

    /// What one command was used for.
    private static final class Tally {
        private long count;
        private long bytes;
        private long answered;
        private long nanos;
        private long maxNanos;
        private long errors;
    }

    @Override
    public void accept(CapturedCommand command) {
        Arguments arguments = command.arguments();
        CommandSpec spec = CommandTable.lookUp(arguments);
        Optional<Answer> answer = command.answer();
        long nanos = answer.map(Answer::serviceNanos).orElse(0L);
        long bytes = command.requestBytes() + answer.map(Answer::wireBytes).orElse(0L);
        boolean isBlocking = spec != null && spec.mayBlock();
        commands++;
        clientMax = Math.max(clientMax, command.client().number());
        tally(spec == null ? arguments.text(0) : spec.name(), bytes, nanos, answer);
        time(command.timeNanos(), bytes);
        if (spec == null) {
            return;
        }
        switch (spec.effect()) {
            case READS -> reads++;
            case WRITES -> writes++;
            case NEITHER -> {}
        }
        // Waiting for data is no work of the server's.
        keys(arguments, spec.keys(arguments), bytes, isBlocking ? 0 : nanos);
    }

    private void tally(String name, long bytes, long nanos, Optional<Answer> answer) {
        Tally tally = mix.get(name);
        if (tally == null) {
            tally = mix.computeIfAbsent(mix.size() < NAMES_MAX ? name : OTHERS, _ -> new Tally());
        }
        tally.count++;
        tally.bytes += bytes;
        if (answer.isPresent()) {
            tally.answered++;
            tally.nanos += nanos;
            tally.maxNanos = Math.max(tally.maxNanos, nanos);
            tally.errors += answer.get().type() == ReplyType.ERROR ? 1 : 0;
        }
    }

    private void time(long timeNanos, long bytes) {
        if (commands > 1) {
            gaps.recordValue(Math.max(0, timeNanos - lastNanos));
        }
        firstNanos = Math.min(firstNanos, timeNanos);
        lastNanos = Math.max(lastNanos, timeNanos);
        for (BurstCounter counter : bursts) {
            counter.add(timeNanos);
        }
        timeline.add(timeNanos, bytes);
    }

    /// Bytes and time of a command of several keys are shared among them.
    private void keys(Arguments arguments, List<KeyUse> keys, long bytes, long nanos) {
        for (KeyUse use : keys) {
            Key key = pool.of(arguments, use.argument());
            distinct.add(key);
            byRequests.add(key, 1);
            byBytes.add(key, bytes / keys.size());
            byTime.add(key, nanos / keys.size());
            keyUses.add(key, use.access() == KeyAccess.READ, bytes / keys.size(), nanos / keys.size());
        }
    }

    public Behaviour finish() {
        long span = commands == 0 ? 0 : lastNanos - firstNanos;
        return new Behaviour(
                commands,
                reads,
                writes,
                clientMax + 1L,
                distinct.estimate(),
                mix.entrySet().stream()
                        .map(entry -> use(entry.getKey(), entry.getValue()))
                        .sorted(Comparator.comparingLong((Behaviour.CommandUse use) -> -use.count())
                                .thenComparing(Behaviour.CommandUse::name))
                        .toList(),
                byRequests.top(HOT_KEYS_TOLD),
                byBytes.top(HOT_KEYS_TOLD),
                byTime.top(HOT_KEYS_TOLD),
                keyUses.families(),
                keyUses.share(),
                Skew.fit(byRequests.top(COUNTERS)),
                new Behaviour.InterArrival(
                        gaps.getValueAtPercentile(50),
                        gaps.getValueAtPercentile(90),
                        gaps.getValueAtPercentile(99),
                        gaps.getMaxValue()),
                bursts.stream().map(counter -> counter.result(span)).toList(),
                timeline.result());
    }

    private static Behaviour.CommandUse use(String name, Tally tally) {
        return new Behaviour.CommandUse(
                name, tally.count, tally.bytes, tally.answered, tally.nanos, tally.maxNanos, tally.errors);
    }
}
