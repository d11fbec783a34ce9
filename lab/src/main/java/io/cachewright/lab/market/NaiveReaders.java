package io.cachewright.lab.market;

import io.cachewright.lab.wire.Command;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Dashboards and algorithms that read what [NaiveWriter] wrote, the expensive way.
public final class NaiveReaders implements Participant {

    private static final int DASHBOARD = 0;
    private static final int SEARCH = 1;
    private static final int CANDLES = 2;
    private static final int ALGORITHM = 3;

    /// What one GET costs a remote reader that waits for each answer.
    private static final Duration ROUND_TRIP = Duration.ofNanos(150_000);

    private static final int TICKS_PER_BOOK_READ = 12;

    private final List<String> watchList;
    private final Pace dashboard = new Pace(Duration.ofMillis(100));
    private final Pace search = new Pace(Duration.ofMillis(300));
    private final Pace candles = new Pace(Duration.ofMillis(400));
    private long searches;
    private long ticks;

    /// Readers whose dashboards show `watchList`.
    public NaiveReaders(List<String> watchList) {
        this.watchList = List.copyOf(watchList);
    }

    /// What they do wrong.
    public static Set<Mistake> mistakes() {
        return EnumSet.of(
                Mistake.KEYS_IN_REQUEST_PATH,
                Mistake.READ_ONE_BY_ONE,
                Mistake.WHOLE_COLLECTION_READ,
                Mistake.SIDES_READ_APART);
    }

    @Override
    public int connections() {
        return 4;
    }

    @Override
    public void on(MarketEvent event, Requests requests) {
        long now = event.receivedNanos();
        if (dashboard.isDue(now)) {
            for (int i = 0; i < watchList.size(); i++) {
                requests.send(
                        DASHBOARD,
                        "read watch list",
                        ROUND_TRIP.multipliedBy(i),
                        Command.of("GET", "ticker:" + watchList.get(i)));
            }
        }
        if (search.isDue(now)) {
            requests.send(SEARCH, "search keys", "KEYS", searches++ % 2 == 0 ? "order:*7" : "ticker:*");
        }
        if (candles.isDue(now)) {
            requests.send(CANDLES, "read candles", "LRANGE", "candles:" + watchList.getFirst() + ":1m", "0", "-1");
        }
        if (event instanceof MarketEvent.TopOfBook && ticks++ % TICKS_PER_BOOK_READ == 0) {
            String levels = "levels:" + event.instrument().symbol();
            requests.send(ALGORITHM, "read top of book", "HGETALL", levels + ":bids");
            requests.send(ALGORITHM, "read top of book", "HGETALL", levels + ":asks");
        }
    }
}
