package io.cachewright.optimizer.collect;

import io.cachewright.domain.Reading;
import io.cachewright.domain.Reading.Cause;
import io.cachewright.lab.wire.Command;
import io.cachewright.lab.wire.Reply;
import io.cachewright.optimizer.collect.SampleDraw.Pick;
import io.cachewright.optimizer.collect.SampleDraw.Stratum;
import io.cachewright.optimizer.connect.ConnectionLost;
import io.cachewright.optimizer.evidence.KeyStratum;
import io.cachewright.optimizer.evidence.KeyspaceSample;
import io.cachewright.optimizer.evidence.ProbeCost.Tier;
import io.cachewright.optimizer.evidence.SampledKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Samples the keys of one server: reads many names, then looks at keys of every family, in small batches with pauses,
/// until it has enough or has to stop.
final class KeyspaceReader {

    /// Keys a batch; their commands block the server for some tens of microseconds at once.
    private static final int BATCH_KEYS = 8;

    /// Picks among which a batch finds keys of one database.
    private static final int PICKS_AHEAD = 64;

    /// Decides which keys of a family are drawn; the same names give the same draw.
    private static final long SEED = 20_260_101L;

    static final String PROBE = "SCAN + TYPE, OBJECT, PTTL, MEMORY USAGE, bounded reads";

    private final Inquiry inquiry;
    private final KeyInspector inspector;
    private final Caution caution;
    private final Progress progress;
    private final int keysMax;
    private Optional<String> stopReason = Optional.empty();

    KeyspaceReader(Inquiry inquiry, KeyInspector inspector, Caution caution, Progress progress, int keysMax) {
        this.inquiry = inquiry;
        this.inspector = inspector;
        this.caution = caution;
        this.progress = progress;
        this.keysMax = keysMax;
    }

    /// `keysByDatabase` as INFO says. The session must be one of its own: SELECT changes it.
    Reading<KeyspaceSample> read(Map<Integer, Long> keysByDatabase) {
        long start = System.nanoTime();
        long commandsBefore = inquiry.ledger().commands();
        Reading<KeyspaceSample> sample;
        try {
            sample = sample(keysByDatabase);
        } catch (ConnectionLost lost) {
            sample = Reading.unavailable(Cause.FAILED, "the look at the keys failed: " + lost.clause());
        }
        inquiry.ledger()
                .book(
                        inquiry.node(),
                        PROBE,
                        Tier.KEY_INSPECTION,
                        inquiry.ledger().commands() - commandsBefore,
                        Duration.ofNanos(System.nanoTime() - start),
                        sample.missing().or(() -> stopReason).orElse("ran"));
        return sample;
    }

    private Reading<KeyspaceSample> sample(Map<Integer, Long> keysByDatabase) {
        NameScan scan = new NameScan(inquiry, caution);
        return scan.read(keysByDatabase, keysMax).flatMap(names -> {
            stopReason = scan.cutShort().map(reason -> "cut short: " + reason);
            SampleDraw draw = SampleDraw.of(names, keysByDatabase, scan.isComplete(), keysMax, SEED);
            List<List<SampledKey>> looked = look(draw);
            boolean isEmpty = looked.stream().allMatch(List::isEmpty);
            return isEmpty && stopReason.isPresent()
                    ? Reading.unavailable(Cause.NOT_COLLECTED, stopReason.get())
                    : Reading.known(
                            new KeyspaceSample(keysByDatabase, names.size(), scan.isComplete(), strata(draw, looked)));
        });
    }

    /// The looked-at keys of each stratum; fewer than were picked when the look has to stop.
    private List<List<SampledKey>> look(SampleDraw draw) {
        List<List<SampledKey>> looked = new ArrayList<>();
        draw.strata().forEach(_ -> looked.add(new ArrayList<>()));
        int done = 0;
        int database = -1;
        for (List<Pick> batch : batches(draw.picks())) {
            Optional<String> obstacle =
                    inquiry.obstacle(Tier.KEY_INSPECTION, 1 + batch.size() * KeyInspector.COMMANDS_PER_KEY_MAX);
            if (obstacle.isPresent() || caution.stopReason().isPresent()) {
                stopReason = caution.stopReason().or(() -> obstacle.map(reason -> "cut short: " + reason));
                break;
            }
            try {
                int wanted = batch.getFirst().key().database();
                if (wanted != database) {
                    List<Reply> _ = caution.send(List.of(Command.of("SELECT", Integer.toString(wanted))), 1);
                    database = wanted;
                }
                inspector
                        .inspect(batch.stream().map(Pick::key).toList())
                        .forEach((index, key) ->
                                looked.get(batch.get(index).stratum()).add(key));
                done += batch.size();
                progress.keysInspected(inquiry.node(), done, draw.picks().size());
                boolean _ = caution.mayGoOn();
            } catch (ConnectionLost lost) {
                stopReason = Optional.of("cut short: " + lost.clause());
                break;
            }
        }
        stopReason = caution.stopReason().or(() -> stopReason);
        return looked;
    }

    /// The picks in about their order, each batch of one database.
    private static List<List<Pick>> batches(List<Pick> picks) {
        List<List<Pick>> batches = new ArrayList<>();
        for (int from = 0; from < picks.size(); from += PICKS_AHEAD) {
            Map<Integer, List<Pick>> byDatabase = new TreeMap<>();
            picks.subList(from, Math.min(picks.size(), from + PICKS_AHEAD))
                    .forEach(pick -> byDatabase
                            .computeIfAbsent(pick.key().database(), _ -> new ArrayList<>())
                            .add(pick));
            for (List<Pick> ofOne : byDatabase.values()) {
                for (int at = 0; at < ofOne.size(); at += BATCH_KEYS) {
                    batches.add(ofOne.subList(at, Math.min(ofOne.size(), at + BATCH_KEYS)));
                }
            }
        }
        return batches;
    }

    private static List<KeyStratum> strata(SampleDraw draw, List<List<SampledKey>> looked) {
        List<KeyStratum> strata = new ArrayList<>();
        for (int i = 0; i < looked.size(); i++) {
            Stratum stratum = draw.strata().get(i);
            strata.add(new KeyStratum(
                    stratum.database(),
                    stratum.pattern(),
                    stratum.glob(),
                    stratum.named(),
                    stratum.estimatedKeys(),
                    stratum.margin(),
                    looked.get(i)));
        }
        return strata;
    }
}
