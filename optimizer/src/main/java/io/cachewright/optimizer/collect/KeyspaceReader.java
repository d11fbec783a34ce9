package io.cachewright.optimizer.collect;

import io.cachewright.domain.Reading;
import io.cachewright.domain.Reading.Cause;
import io.cachewright.lab.wire.Command;
import io.cachewright.lab.wire.Reply;
import io.cachewright.optimizer.connect.ConnectionLost;
import io.cachewright.optimizer.evidence.InfoSnapshot;
import io.cachewright.optimizer.evidence.KeyspaceSample;
import io.cachewright.optimizer.evidence.ProbeCost.Tier;
import io.cachewright.optimizer.evidence.SampledKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Samples the keys of one server, in small batches with pauses, until it has enough or has to stop.
///
/*
 * Which keys. SCAN goes through a hash table in the order of its buckets, and servers hash with a random seed, so the
 * first keys that it returns are a random draw with regard to their names, types and sizes. Two caveats: SCAN returns
 * all keys of a bucket, so colliding keys come together; and servers in cluster mode with a table per slot (Redis 7.4,
 * Valkey 8.0 and newer) go slot by slot, so there a sample covers the first slots only. RANDOMKEY would not be better:
 * it prefers keys in sparse buckets. A family with a few keys among millions is easily missed by any sample of this
 * size; the sample's weight says how many keys each stands for.
 */
final class KeyspaceReader {

    /// Keys a batch; their commands block the server for some ten microseconds at once, not more.
    private static final int BATCH_KEYS = 4;

    private static final int SCAN_COUNT = 40;

    /// SCAN calls beyond those that a full table needs: a table that shrank has empty buckets.
    private static final int SPARE_SCAN_CALLS = 200;

    /// Every database that holds keys is represented, however small it is.
    private static final int KEYS_PER_DATABASE_MIN = 20;

    private static final Duration BUSY_SHARE_INTERVAL = Duration.ofSeconds(1);

    private static final Duration BREAKER_PAUSE = Duration.ofMillis(500);

    static final String PROBE = "SCAN + TYPE, OBJECT, PTTL, MEMORY USAGE, bounded reads";

    private final Inquiry inquiry;
    private final KeyInspector inspector;
    private final Pacer pacer;
    private final CircuitBreaker breaker;
    private final Pings pings;
    private final Progress progress;
    private final int keysMax;
    private final List<SampledKey> sampled = new ArrayList<>();
    private long scanned;
    private Optional<String> stopReason = Optional.empty();
    private Optional<InfoSnapshot> lastCpu = Optional.empty();

    KeyspaceReader(
            Inquiry inquiry,
            KeyInspector inspector,
            Pacer pacer,
            CircuitBreaker breaker,
            Pings pings,
            Progress progress,
            int keysMax) {
        this.inquiry = inquiry;
        this.inspector = inspector;
        this.pacer = pacer;
        this.breaker = breaker;
        this.pings = pings;
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
            stopReason = Optional.of("cut short: " + lost.clause());
            sample = sampled.isEmpty()
                    ? Reading.unavailable(Cause.FAILED, "the look at the keys failed: " + lost.clause())
                    : Reading.known(new KeyspaceSample(keysByDatabase, scanned, false, sampled));
        }
        String outcome = sample.missing().or(() -> stopReason).orElse("ran");
        inquiry.ledger()
                .book(
                        inquiry.node(),
                        PROBE,
                        Tier.KEY_INSPECTION,
                        inquiry.ledger().commands() - commandsBefore,
                        Duration.ofNanos(System.nanoTime() - start),
                        outcome);
        return sample;
    }

    private Reading<KeyspaceSample> sample(Map<Integer, Long> keysByDatabase) {
        long total = keysByDatabase.values().stream().mapToLong(Long::longValue).sum();
        int planned = (int) Math.min(total, keysMax);
        boolean isComplete = true;
        for (Map.Entry<Integer, Long> database : keysByDatabase.entrySet()) {
            Optional<String> obstacle = inquiry.obstacle(Tier.KEY_INSPECTION, 1);
            if (obstacle.isPresent() || stopReason.isPresent()) {
                stopReason = stopReason.or(() -> obstacle);
                isComplete = false;
                break;
            }
            Reply selected = ask(Command.of("SELECT", database.getKey().toString()));
            if (selected instanceof Reply.Error(String message)) {
                stopReason = Refusal.of("SELECT", message).missing();
                isComplete = false;
                continue;
            }
            int quota =
                    (int) Math.max(KEYS_PER_DATABASE_MIN, keysMax * (double) database.getValue() / Math.max(1, total));
            Reading<Boolean> finished = scan(database.getKey(), quota, planned);
            if (finished instanceof Reading.Unavailable<Boolean>(Cause cause, String reason)) {
                return Reading.unavailable(cause, reason);
            }
            isComplete &= finished.orElse(false);
        }
        if (sampled.isEmpty() && stopReason.isPresent()) {
            return Reading.unavailable(Cause.NOT_COLLECTED, stopReason.get());
        }
        return Reading.known(new KeyspaceSample(keysByDatabase, scanned, isComplete, sampled));
    }

    /// Whether the database was gone through whole.
    private Reading<Boolean> scan(int database, int quota, int planned) {
        Set<String> seen = new HashSet<>();
        String cursor = "0";
        int callsMax = quota / SCAN_COUNT + SPARE_SCAN_CALLS;
        for (int call = 0; call < callsMax; call++) {
            Reply page = ask(Command.of("SCAN", cursor, "COUNT", Integer.toString(SCAN_COUNT)));
            if (page instanceof Reply.Error(String message)) {
                return Refusal.of("SCAN", message);
            }
            List<byte[]> fresh = Replies.bytes(page.elements().getLast()).stream()
                    .filter(key -> seen.add(new String(key, java.nio.charset.StandardCharsets.ISO_8859_1)))
                    .toList();
            scanned += fresh.size();
            List<byte[]> wanted = fresh.subList(0, Math.min(fresh.size(), quota - (seen.size() - fresh.size())));
            if (!inspect(database, wanted, planned)) {
                return Reading.known(false);
            }
            cursor = page.elements().getFirst().text();
            if (cursor.equals("0")) {
                return Reading.known(wanted.size() == fresh.size());
            }
            if (seen.size() >= quota) {
                return Reading.known(false);
            }
        }
        return Reading.known(false);
    }

    /// False when the look has to stop.
    private boolean inspect(int database, List<byte[]> keys, int planned) {
        for (int from = 0; from < keys.size(); from += BATCH_KEYS) {
            List<byte[]> batch = keys.subList(from, Math.min(keys.size(), from + BATCH_KEYS));
            Optional<String> obstacle =
                    inquiry.obstacle(Tier.KEY_INSPECTION, batch.size() * KeyInspector.COMMANDS_PER_KEY_MAX);
            if (obstacle.isPresent()) {
                stopReason = obstacle.map(reason -> "cut short: " + reason);
                return false;
            }
            long start = System.nanoTime();
            sampled.addAll(inspector.inspect(database, batch));
            long elapsed = System.nanoTime() - start;
            sleep(pacer.pauseAfter(elapsed, KeyInspector.ROUND_TRIPS));
            progress.keysInspected(inquiry.node(), sampled.size(), planned);
            if (!mayGoOn()) {
                return false;
            }
        }
        return true;
    }

    private boolean mayGoOn() {
        while (true) {
            observeBusyShare();
            switch (breaker.observe(pings.measure())) {
                case CircuitBreaker.Advice.GoOn _ -> {
                    return true;
                }
                case CircuitBreaker.Advice.Pause _ -> sleep(BREAKER_PAUSE);
                case CircuitBreaker.Advice.Stop(String reason) -> {
                    stopReason = Optional.of(reason);
                    return false;
                }
            }
        }
    }

    private void observeBusyShare() {
        Instant now = Instant.now();
        boolean isDue = lastCpu.map(last -> Duration.between(last.at(), now).compareTo(BUSY_SHARE_INTERVAL) >= 0)
                .orElse(true);
        if (isDue && ask(Command.of("INFO", "cpu")) instanceof Reply.Bulk info) {
            InfoSnapshot cpu = InfoReader.read(info.text(), now);
            lastCpu.flatMap(last -> BusyShare.between(last, cpu)).ifPresent(breaker::observeBusyShare);
            lastCpu = Optional.of(cpu);
        }
    }

    private Reply ask(Command command) {
        return inquiry.send(List.of(command)).getFirst();
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CollectionInterrupted();
        }
    }
}
