package io.cachewright.runtime;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.Freshness;
import io.cachewright.domain.policy.WhenUnproved;
import io.cachewright.domain.policy.Writers;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Asks for the time to live of what was kept near without it, once it has stayed near for a while: most of what is
/// read only once is gone by then, and no reader waits for the answer.
///
/* Until then a value only grows older: no proof makes it younger, and it ends with the bound on its age. So a reader
 * gets nothing that was not in the server within the bound, whatever its time to live turns out to be. The server
 * announces each change of a key, that of its time to live too: a value that is near still when the answer is proved to
 * have been overtaken by nothing is the one that the answer is about. The answer alone does not say so: the server
 * announces at the end of a turn what it has changed and answered in it, and until then the answer may be about a
 * value that came after the one that is near, which had expired without a word. What is asked after the answer came
 * is answered behind that. The lease of the question sees to what changes on its way.
 *
 * A value of a class that serves without a bound, or that is to outlast a lost link, needs its time to live at once.
 */
final class LateLifetimes<V> {

    /// Asked once this share of the bound has passed, and no later than the time below.
    private static final int DELAYS_PER_BOUND = 4;

    private static final long DELAY_NANOS_MAX = 50_000_000;

    /// Of values that wait to be asked about, gone or not. Beyond it the time to live is asked for
    /// together with the value.
    private static final long WAITING_BYTES_MAX = 16 << 20;

    /// Questions asked in one pass: readers shall not wait behind them for longer than some milliseconds.
    private static final int QUESTIONS_A_PASS_MAX = 4_096;

    private record Waiting<V>(Entry<V> entry, Entry.Origin origin, int encodedBytes) {}

    /// An answer: what is to take the place of the value, null for nothing.
    private record Heard<V>(
            ServerLink link, Entry<V> about, @Nullable Entry<V> learned) {}

    private final CacheClass policy;
    private final Links links;
    private final LinkClock clock;
    private final NearStore<V> store;
    private final long boundNanos;
    private final long delayNanos;
    private final Queue<Waiting<V>> waiting = new ConcurrentLinkedQueue<>();
    /// Since the last pass.
    private final Queue<Heard<V>> heard = new ConcurrentLinkedQueue<>();
    private final AtomicLong waitingBytes = new AtomicLong();
    private long lastPassNanos;
    private boolean hasPassed;
    /// The timer comes by often enough for an answer within the bound.
    private volatile boolean isPunctual;

    LateLifetimes(CacheClass policy, Links links, LinkClock clock, NearStore<V> store) {
        this.policy = policy;
        this.links = links;
        this.clock = clock;
        this.store = store;
        this.boundNanos = policy.freshness() instanceof Freshness.Bounded(var bound)
                        && policy.whenUnproved() != WhenUnproved.DEGRADE
                        && policy.writers() == Writers.ANY
                ? bound.toNanos()
                : 0;
        this.delayNanos = Math.min(boundNanos / DELAYS_PER_BOUND, DELAY_NANOS_MAX);
    }

    /// Whether a value that is read now may be kept without its time to live.
    boolean mayWait() {
        return isPunctual && waitingBytes.get() < WAITING_BYTES_MAX;
    }

    /// Keeps `value`, whose time to live was not asked for; in the step in which it may be stored.
    void keep(String key, Decoded<V> value, Entry.Origin origin, int encodedBytes) {
        long ends = origin.asOfNanos() + Math.min(boundNanos, policy.nearTtl().toNanos());
        Entry.Origin unproved =
                new Entry.Origin(origin.proof(), origin.epoch(), origin.asOfNanos(), origin.arrival(), false);
        Entry<V> entry = new Entry<>(key, value.value(), value.version(), unproved, ends, encodedBytes);
        store.put(key, entry);
        waitingBytes.addAndGet(entry.weight);
        waiting.add(new Waiting<>(entry, origin, encodedBytes));
    }

    /// Asks about what has waited for long enough at `nowNanos`. Called by the client's timer.
    void ask(long nowNanos) {
        // Two passes are seen before anything is left to the next ones.
        isPunctual = hasPassed && nowNanos - lastPassNanos <= delayNanos;
        hasPassed = true;
        lastPassNanos = nowNanos;
        IdentityHashMap<ServerLink, List<Question>> questions = new IdentityHashMap<>();
        int asked = 0;
        Waiting<V> next = waiting.peek();
        while (next != null && asked < QUESTIONS_A_PASS_MAX && nowNanos - next.origin.asOfNanos() >= delayNanos) {
            waiting.remove();
            waitingBytes.addAndGet(-next.entry.weight);
            if (next.entry.isUsable() && nowNanos - next.entry.expiresAtNanos < 0) {
                ServerLink link = links.of(next.entry.key);
                questions.computeIfAbsent(link, _ -> new ArrayList<>()).add(new Question(link, next));
                asked++;
            }
            next = waiting.peek();
        }
        questions.forEach(ServerLink::submit);
        believe();
    }

    /// Has what was heard take its place once that is proved, by one heartbeat for all answers of a link.
    private void believe() {
        IdentityHashMap<ServerLink, List<Heard<V>>> answers = new IdentityHashMap<>();
        for (Heard<V> next = heard.poll(); next != null; next = heard.poll()) {
            answers.computeIfAbsent(next.link, _ -> new ArrayList<>()).add(next);
        }
        answers.forEach((link, all) -> {
            var _ = link.proofSince(clock.nanoTime()).thenAccept(isProved -> {
                if (isProved) {
                    all.forEach(this::believe);
                }
            });
        });
    }

    private void believe(Heard<V> answer) {
        // Only the link that answers for the key by now hears of its changes.
        if (links.of(answer.about.key).equals(answer.link)) {
            store.replace(answer.about, answer.learned);
        }
    }

    /// How long the value that waits may live. Nobody sleeps until it is answered.
    private final class Question extends RemoteRead {
        private final ServerLink link;
        private final Waiting<V> about;

        Question(ServerLink link, Waiting<V> about) {
            super(about.entry.key, new Ask(false, true, Wants.TTL));
            this.link = link;
            this.about = about;
        }

        @Override
        void settled() {
            // Nobody joins it.
        }

        @Override
        boolean answered(byte @Nullable [] none, long ttlMillis) {
            link.answers().refine(lease(), () -> heard.add(new Heard<>(link, about.entry, learned(ttlMillis))));
            return false;
        }

        private @Nullable Entry<V> learned(long ttlMillis) {
            Entry<V> entry = about.entry;
            if (ttlMillis == NO_KEY) {
                return null;
            }
            long ends = about.origin.asOfNanos() + policy.nearTtl().toNanos();
            if (ttlMillis != NO_TTL) {
                long dies = lease().issuedNanos() + TimeUnit.MILLISECONDS.toNanos(ttlMillis);
                ends = dies - ends < 0 ? dies : ends;
            }
            return new Entry<>(entry.key, entry.value, entry.version, about.origin, ends, about.encodedBytes);
        }

        @Override
        boolean failed(Throwable cause) {
            // The value ends with the bound on its age.
            link.giveUp(this);
            return false;
        }

        @Override
        Thread reader() {
            throw new IllegalStateException("nobody sleeps");
        }

        @Override
        boolean mayLead() {
            return false;
        }

        @Override
        void lead(List<Thread> others) {
            throw new IllegalStateException("nobody wakes others");
        }
    }
}
