package io.cachewright.lab.market;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/// A source of market events in the order they were received; opened twice it gives the same events.
public interface MarketEvents {

    /// Events held in memory at most.
    int HELD_MAX = 1_000_000;

    /// What this is, for a report: `Binance spot BTCUSDT, 8 and 9 August 2024`.
    String description();

    /// From the start.
    Iterator<MarketEvent> open();

    static MarketEvents of(String description, List<MarketEvent> events) {
        return from(description, List.copyOf(events));
    }

    /// Events that `source` iterates over anew each time.
    static MarketEvents from(String description, Iterable<MarketEvent> source) {
        return new MarketEvents() {
            @Override
            public String description() {
                return description;
            }

            @Override
            public Iterator<MarketEvent> open() {
                return source.iterator();
            }
        };
    }

    /// The same events at `speed` times their own pace: 2.0 takes half the time, 0.5 twice.
    default MarketEvents scaled(double speed) {
        if (!(speed > 0)) {
            throw new IllegalArgumentException("speed must be positive, was " + speed);
        }
        return from(description() + ", " + speed + " times its pace", () -> new ScaledEvents(open(), speed));
    }

    /// What happened between `from` and `from + length`: opens with a snapshot of each book as it stood at `from`.
    default MarketEvents window(Duration from, Duration length) {
        return from(description() + ", " + length + " from " + from, () -> new WindowedEvents(open(), from, length));
    }

    /// These events as if each of `symbols` had had them, each `offset` after the one before: correlated instruments
    /// from one recording. For a source of one instrument.
    default MarketEvents playedAs(List<Instrument> symbols, Duration offset) {
        return from(
                description() + " as " + symbols.size() + " symbols",
                () -> new MergedEvents(IntStream.range(0, symbols.size())
                        .mapToObj(index -> relabelled(symbols.get(index), offset.multipliedBy(index)))
                        .map(MarketEvents::open)
                        .toList()));
    }

    /// These events read once and held in memory, for a source that is opened often. For stretches, not for whole days.
    ///
    /// @throws IllegalStateException when there are more than a million
    default MarketEvents held() {
        List<MarketEvent> events = new ArrayList<>();
        open().forEachRemaining(event -> {
            if (events.size() == HELD_MAX) {
                throw new IllegalStateException(description() + " has more than " + HELD_MAX + " events");
            }
            events.add(event);
        });
        return of(description(), events);
    }

    /// These and `other` events, by time of receipt.
    default MarketEvents and(MarketEvents other) {
        return from(
                description() + " and " + other.description(), () -> new MergedEvents(List.of(open(), other.open())));
    }

    private MarketEvents relabelled(Instrument symbol, Duration offset) {
        return from(symbol.id(), () -> {
            Iterator<MarketEvent> events = open();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return events.hasNext();
                }

                @Override
                public MarketEvent next() {
                    MarketEvent event = events.next();
                    return event.replayedAs(symbol, event.receivedNanos() + offset.toNanos());
                }
            };
        });
    }
}
