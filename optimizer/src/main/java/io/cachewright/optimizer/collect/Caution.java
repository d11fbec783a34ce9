package io.cachewright.optimizer.collect;

import io.cachewright.lab.wire.Command;
import io.cachewright.lab.wire.Reply;
import io.cachewright.optimizer.evidence.InfoSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Keeps a look at the keys harmless: waits between batches, watches how the server fares, and says when to stop.
final class Caution {

    private static final Duration BUSY_SHARE_INTERVAL = Duration.ofSeconds(1);

    private static final Duration BREAKER_PAUSE = Duration.ofMillis(500);

    private final Inquiry inquiry;
    private final Pacer pacer;
    private final CircuitBreaker breaker;
    private final Pings pings;
    private Optional<InfoSnapshot> lastCpu = Optional.empty();
    private Optional<String> stopReason = Optional.empty();

    Caution(Inquiry inquiry, Pacer pacer, CircuitBreaker breaker) {
        this.inquiry = inquiry;
        this.pacer = pacer;
        this.breaker = breaker;
        this.pings = new Pings(inquiry);
    }

    /// Sends commands that are worth as many cheap ones.
    ///
    /// @throws io.cachewright.optimizer.connect.ConnectionLost when the replies do not come
    List<Reply> send(List<Command> commands, int worth) {
        long start = System.nanoTime();
        List<Reply> replies = inquiry.send(commands);
        pacer.observeRoundTrip(System.nanoTime() - start, worth);
        return replies;
    }

    /// Waits as long as what was sent asks for; false when the look has to stop.
    boolean mayGoOn() {
        sleep(pacer.pause());
        while (true) {
            observeBusyShare();
            long ping = pings.measure();
            pacer.observePing(ping);
            switch (breaker.observe(ping)) {
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

    /// Why the look had to stop.
    Optional<String> stopReason() {
        return stopReason;
    }

    private void observeBusyShare() {
        Instant now = Instant.now();
        boolean isDue = lastCpu.map(last -> Duration.between(last.at(), now).compareTo(BUSY_SHARE_INTERVAL) >= 0)
                .orElse(true);
        if (isDue && inquiry.send(List.of(Command.of("INFO", "cpu"))).getFirst() instanceof Reply.Bulk info) {
            InfoSnapshot cpu = InfoReader.read(info.text(), now);
            lastCpu.flatMap(last -> BusyShare.between(last, cpu)).ifPresent(breaker::observeBusyShare);
            lastCpu = Optional.of(cpu);
        }
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
