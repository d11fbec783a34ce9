package io.cachewright.optimizer.collect;

import io.cachewright.domain.Reading;
import io.cachewright.domain.keys.RedactedName;
import io.cachewright.lab.wire.Command;
import io.cachewright.lab.wire.Reply;
import io.cachewright.optimizer.evidence.ProbeCost.Tier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads names of keys, of all databases in proportion to their size, without looking at any key.
///
/*
 * SCAN goes through a hash table in the order of its buckets, and servers hash with a random seed, so the first keys
 * that it returns are a random draw with regard to their names, types and sizes. Two caveats: SCAN returns all keys of
 * a bucket, so colliding keys come together; and servers in cluster mode with a table per slot (Redis 7.4, Valkey 8.0
 * and newer) go slot by slot, so there an incomplete scan covers the first slots only. RANDOMKEY would not be better:
 * it prefers keys in sparse buckets, and asks for a round trip a key.
 */
final class NameScan {

    /// Buckets a call; the server is blocked for some twenty microseconds at once.
    private static final int SCAN_COUNT = 100;

    /// Of cheap commands.
    private static final int SCAN_WORTH = 15;

    /// A table that shrank has mostly empty buckets; so many times the calls of a full one are made.
    private static final int EMPTY_BUCKETS_FACTOR = 10;

    private static final int SPARE_SCAN_CALLS = 200;

    /// So many names are read for each key that will be looked at: enough to see families far smaller than one in the
    /// sample's size.
    private static final int NAMES_PER_KEY = 25;

    private static final int NAMES_MAX = 200_000;

    /// Every database that holds keys is represented, however small it is.
    private static final int NAMES_PER_DATABASE_MIN = 1_000;

    /// The rest is for the looks.
    private static final double SHARE_OF_TIME = 0.3;

    private final Inquiry inquiry;
    private final Caution caution;
    private final List<NamedKey> names = new ArrayList<>();
    private boolean isComplete = true;
    private Optional<String> cutShort = Optional.empty();
    private Reading<Long> outcome = Reading.known(0L);

    NameScan(Inquiry inquiry, Caution caution) {
        this.inquiry = inquiry;
        this.caution = caution;
    }

    /// Reads names for a look at `keysMax` keys; unavailable when SCAN is refused.
    Reading<List<NamedKey>> read(Map<Integer, Long> keysByDatabase, int keysMax) {
        long total = keysByDatabase.values().stream().mapToLong(Long::longValue).sum();
        long wanted = Math.min((long) keysMax * NAMES_PER_KEY, NAMES_MAX);
        long endNanos = System.nanoTime() + (long) (inquiry.ledger().nanosLeft() * SHARE_OF_TIME);
        for (Map.Entry<Integer, Long> database : keysByDatabase.entrySet()) {
            long quota = Math.max(
                    Math.min(NAMES_PER_DATABASE_MIN, wanted), wanted * database.getValue() / Math.max(1, total));
            boolean isWhole = cutShort.isEmpty() && scan(database.getKey(), quota, endNanos);
            isComplete &= isWhole;
            if (outcome instanceof Reading.Unavailable<Long>(Reading.Cause cause, String reason)) {
                return Reading.unavailable(cause, reason);
            }
        }
        return Reading.known(List.copyOf(names));
    }

    /// Whether the names of all keys were read.
    boolean isComplete() {
        return isComplete;
    }

    /// What ended the reading before its time.
    Optional<String> cutShort() {
        return cutShort;
    }

    /// Whether that database was gone through whole.
    private boolean scan(int database, long quota, long endNanos) {
        if (caution.send(List.of(Command.of("SELECT", Integer.toString(database))), 1)
                        .getFirst()
                instanceof Reply.Error(String message)) {
            cutShort = Refusal.of("SELECT", message).missing();
            return false;
        }
        Set<String> seen = new HashSet<>();
        String cursor = "0";
        long callsMax = EMPTY_BUCKETS_FACTOR * quota / SCAN_COUNT + SPARE_SCAN_CALLS;
        for (long call = 0; call < callsMax; call++) {
            Optional<String> obstacle = inquiry.obstacle(Tier.KEY_INSPECTION, 1);
            if (obstacle.isPresent()) {
                cutShort = obstacle;
                return false;
            }
            Reply page = caution.send(
                            List.of(Command.of("SCAN", cursor, "COUNT", Integer.toString(SCAN_COUNT))), SCAN_WORTH)
                    .getFirst();
            if (page instanceof Reply.Error(String message)) {
                outcome = Refusal.of("SCAN", message);
                return false;
            }
            for (byte[] key : Replies.bytes(page.elements().getLast())) {
                if (seen.add(new String(key, StandardCharsets.ISO_8859_1))) {
                    names.add(new NamedKey(database, key, RedactedName.of(key)));
                }
            }
            cursor = page.elements().getFirst().text();
            if (cursor.equals("0")) {
                return true;
            }
            if (!caution.mayGoOn()) {
                cutShort = caution.stopReason();
                return false;
            }
            if (seen.size() >= quota || System.nanoTime() - endNanos > 0) {
                return false;
            }
        }
        return false;
    }
}
