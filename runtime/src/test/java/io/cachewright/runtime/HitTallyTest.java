package io.cachewright.runtime;

import static io.cachewright.runtime.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HitTallyTest {

    private static final int HITS = 50_000;

    private final HitTally tally = new HitTally(false);

    private void hit() {
        for (int i = 0; i < HITS; i++) {
            hitOnce();
        }
    }

    private void runTogether(int threads, Thread.Builder builder) throws InterruptedException {
        List<Thread> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            running.add(builder.start(this::hit));
        }
        for (Thread thread : running) {
            thread.join();
        }
    }

    @Test
    void countsEveryHitOfThreadsOfBothKinds() throws InterruptedException {
        runTogether(8, Thread.ofPlatform());
        runTogether(8, Thread.ofVirtual());
        assertThat(tally.sum()).isEqualTo(16L * HITS);
    }

    @Test
    void placesOfEndedThreadsAreTakenOverWithTheirCounts() throws InterruptedException {
        for (int i = 0; i < 50; i++) {
            runTogether(1, Thread.ofPlatform());
        }
        assertThat(tally.sum()).isEqualTo(50L * HITS);
        assertThat(tally.places()).isEqualTo(1);
    }

    @Test
    void moreThreadsThanPlacesShareACounter() throws InterruptedException {
        List<Thread> waiting = new ArrayList<>();
        Object gate = new Object();
        synchronized (gate) {
            for (int i = 0; i < HitTally.THREADS_MAX + 10; i++) {
                waiting.add(Thread.ofPlatform().start(() -> {
                    hitOnce();
                    synchronized (gate) {
                        hitOnce();
                    }
                }));
            }
            eventually(() -> tally.sum() >= waiting.size());
        }
        for (Thread thread : waiting) {
            thread.join();
        }
        assertThat(tally.sum()).isEqualTo(2L * waiting.size());
        assertThat(tally.places()).isEqualTo(HitTally.THREADS_MAX);
    }

    private void hitOnce() {
        tally.increment(tally.mine());
    }
}
