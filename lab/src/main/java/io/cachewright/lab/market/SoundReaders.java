package io.cachewright.lab.market;

import java.time.Duration;
import java.util.List;

/// Dashboards and algorithms that read what [SoundWriter] wrote: only what they need, a watch list in one flight.
public final class SoundReaders implements Participant {

    private static final int DASHBOARD = 0;
    private static final int ALGORITHM = 1;
    private static final int TAPE = 2;
    private static final int TICKS_PER_BOOK_READ = 8;

    private final List<Instrument> watchList;
    private final Pace dashboard = new Pace(Duration.ofMillis(250));
    private final Pace tape = new Pace(Duration.ofMillis(400));
    private long ticks;

    /// Readers whose dashboards show `watchList`.
    public SoundReaders(List<Instrument> watchList) {
        this.watchList = List.copyOf(watchList);
    }

    @Override
    public int connections() {
        return 3;
    }

    @Override
    public void on(MarketEvent event, Requests requests) {
        long now = event.receivedNanos();
        if (dashboard.isDue(now)) {
            for (Instrument instrument : watchList) {
                requests.send(
                        DASHBOARD,
                        "read watch list",
                        "HMGET",
                        "md:{" + instrument.id() + "}:l1",
                        "bidPx",
                        "askPx",
                        "seq",
                        "exchTs");
            }
        }
        if (tape.isDue(now)) {
            requests.send(
                    TAPE, "read tape", "XREVRANGE", "md:{" + event.instrument().id() + "}:tr", "+", "-", "COUNT", "50");
        }
        if (event instanceof MarketEvent.TopOfBook && ticks++ % TICKS_PER_BOOK_READ == 0) {
            requests.send(
                    ALGORITHM,
                    "read top of book",
                    "GET",
                    "md:{" + event.instrument().id() + "}:l2");
        }
    }
}
