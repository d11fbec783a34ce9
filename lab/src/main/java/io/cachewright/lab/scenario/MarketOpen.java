package io.cachewright.lab.scenario;

import io.cachewright.lab.load.Workload;
import io.cachewright.lab.market.Instrument;
import io.cachewright.lab.market.MarketEvent;
import io.cachewright.lab.market.MarketEvents;
import io.cachewright.lab.market.MarketWorkload;
import io.cachewright.lab.market.NaiveDesk;
import io.cachewright.lab.market.NaiveReaders;
import io.cachewright.lab.market.NaiveWriter;
import io.cachewright.lab.market.Recordings;
import io.cachewright.lab.market.SyntheticMarket;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.Address;
import io.cachewright.lab.wire.Command;
import io.cachewright.lab.wire.Credentials;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A trading shop's only cache at the open, with the usual mistakes: in its configuration, in how its keys are
/// modelled, and in how its clients behave. [#planted()] lists them.
///
/// Everything about it is bounded: some 32,000 keys, less than 300 MB, about 2,700 commands a second in the mean.
public final class MarketOpen implements Scenario {

    private static final int EVENTS_PEEKED_AT = 5_000;
    private static final int WRITER_CONNECTIONS = 4;
    private static final int DESK_CONNECTIONS = 2;
    private static final int NEW_CONNECTIONS_PER_SECOND = 200;
    private static final int FORGOTTEN_CONNECTIONS = 40;
    private static final int WATCH_LIST = 40;

    private final MarketEvents events;
    private final List<String> symbols;
    private final MarketOpenFill fill;

    private MarketOpen(MarketEvents events, Set<Instrument> instruments) {
        this.events = events;
        this.symbols = instruments.stream().map(Instrument::symbol).toList();
        this.fill = new MarketOpenFill(instruments);
    }

    /// On a synthetic market: works on any machine.
    public static MarketOpen synthetic(long seed) {
        return on(SyntheticMarket.usual(seed));
    }

    /// On the busiest stretch of a recorded perpetual, played as four correlated symbols.
    public static MarketOpen replaying(Recordings recordings) {
        Instrument recorded = new Instrument("BINANCEF", "BTCUSDT", 2, 3);
        List<Instrument> symbols = Stream.of("BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT")
                .map(symbol ->
                        new Instrument(recorded.venue(), symbol, recorded.priceScale(), recorded.quantityScale()))
                .toList();
        return on(recordings
                .binancePerpetual()
                .window(Duration.ofSeconds(235), Duration.ofSeconds(110))
                .held()
                .playedAs(symbols, Duration.ofMillis(40)));
    }

    /// On any market whose instruments all show up within its first few thousand events.
    public static MarketOpen on(MarketEvents events) {
        Set<Instrument> instruments = new LinkedHashSet<>();
        Iterator<MarketEvent> all = events.open();
        for (int i = 0; i < EVENTS_PEEKED_AT && all.hasNext(); i++) {
            instruments.add(all.next().instrument());
        }
        if (instruments.isEmpty()) {
            throw new IllegalArgumentException(events.description() + " has no events");
        }
        return new MarketOpen(events, instruments);
    }

    @Override
    public String name() {
        return "market-open";
    }

    @Override
    public String description() {
        return "market-open load with the usual mistakes, on a " + events.description();
    }

    @Override
    public ServerSettings settings() {
        return ServerSettings.onTcp()
                .with("maxmemory", "0")
                .with("maxmemory-policy", "allkeys-lru")
                .with("appendonly", "yes")
                .with("appendfsync", "always")
                .with("save", "15 500")
                .with("stop-writes-on-bgsave-error", "no")
                .with("latency-monitor-threshold", "0")
                .with("slowlog-log-slower-than", "1000000")
                .with("timeout", "0")
                .with("tcp-keepalive", "0")
                .with("protected-mode", "no")
                .with("hash-max-listpack-entries", "2048");
    }

    @Override
    public Iterator<Command> fill() {
        return fill.commands().iterator();
    }

    @Override
    public Workload workload() {
        return new MarketWorkload(
                events,
                () -> List.of(
                        new NaiveWriter(WRITER_CONNECTIONS),
                        new NaiveDesk(DESK_CONNECTIONS),
                        new NaiveReaders(watchList())));
    }

    private List<String> watchList() {
        List<String> watched = new ArrayList<>(symbols);
        MarketOpenFill.quietSymbols().limit(WATCH_LIST).forEach(watched::add);
        return watched.subList(0, Math.min(WATCH_LIST, watched.size()));
    }

    @Override
    public Optional<Credentials> loadCredentials() {
        return Optional.empty();
    }

    @Override
    public Bystanders bystanders(Address address, Optional<Credentials> credentials) {
        return Bystanders.none(address, credentials)
                .withConnectionPerRequest(NEW_CONNECTIONS_PER_SECOND, Command.of("GET", "ticker:" + symbols.getFirst()))
                .withSubscriberThatNeverReads("market")
                .withForgottenConnections(FORGOTTEN_CONNECTIONS);
    }

    @Override
    public List<PlantedMistake> planted() {
        return MarketOpenMistakes.ALL;
    }
}
