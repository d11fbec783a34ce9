package io.cachewright.lab.market;

import io.cachewright.lab.market.MarketEvent.BookDelta;
import io.cachewright.lab.market.MarketEvent.BookSnapshot;
import io.cachewright.lab.market.MarketEvent.TopOfBook;
import io.cachewright.lab.market.MarketEvent.Trade;
import io.cachewright.lab.wire.Command;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// Stores a market well. The keys of one instrument share a hash tag and so a cluster slot:
///
/// | Key | What |
/// |---|---|
/// | `md:{I}:l1` | hash: best bid and ask as scaled integers, sequence, exchange and receive time; conflated |
/// | `md:{I}:l2` | the best 20 levels a side as one [PackedBook]; read in one round trip, replaced in one command |
/// | `md:{I}:tr` | stream of trades, capped |
///
/// Every key is a lease: it goes by itself when its feed handler does. Leases are jittered, so that they do not all
/// end at once. The whole book stays with the feed handler; the cache holds what others read.
public final class SoundWriter implements Participant {

    private static final String WRITE_BOOK = "write book";
    private static final String WRITE_TOP = "write top of book";
    private static final String WRITE_TRADE = "write trade";

    private static final int DEPTH = 20;
    /// The deepest book the feed subscribes to.
    private static final int FEED_DEPTH = 5_000;

    private static final long CONFLATION_NANOS = 50_000_000;
    private static final int TAPE_LENGTH = 1_000;
    private static final long LEASE_MILLIS = Duration.ofSeconds(30).toMillis();
    private static final long TAPE_LEASE_MILLIS = Duration.ofHours(8).toMillis();
    /// The tape's lease is long; renewing it now and then is enough.
    private static final int TRADES_PER_LEASE = 50;

    private final int connections;
    private final Map<Instrument, Feed> feeds = new HashMap<>();

    /// What is known of one instrument, and what was last written of it.
    private static final class Feed {
        private final OrderBook book;
        private final int connection;
        private final byte[] depthKey;
        private final String topKey;
        private final String tapeKey;
        private final Jitter jitter;
        private long nextTopNanos = Long.MIN_VALUE;
        private long nextDepthNanos = Long.MIN_VALUE;
        private long trades;

        Feed(Instrument instrument, int connection) {
            this.book = new OrderBook(instrument, FEED_DEPTH);
            this.connection = connection;
            String prefix = "md:{" + instrument.id() + "}:";
            this.depthKey = bytes(prefix + "l2");
            this.topKey = prefix + "l1";
            this.tapeKey = prefix + "tr";
            this.jitter = new Jitter(instrument.id());
        }
    }

    public SoundWriter(int connections) {
        this.connections = connections;
    }

    @Override
    public int connections() {
        return connections;
    }

    @Override
    public void on(MarketEvent event, Requests requests) {
        Feed feed = feeds.computeIfAbsent(
                event.instrument(), instrument -> new Feed(instrument, feeds.size() % connections));
        switch (event) {
            case BookSnapshot snapshot -> {
                feed.book.apply(snapshot);
                writeDepth(feed, snapshot.receivedNanos(), snapshot.receivedNanos(), requests);
            }
            case BookDelta delta -> {
                OrderBook.Outcome _ = feed.book.apply(delta);
                if (delta.receivedNanos() >= feed.nextDepthNanos) {
                    feed.nextDepthNanos = delta.receivedNanos() + CONFLATION_NANOS;
                    writeDepth(feed, delta.exchangeNanos(), delta.receivedNanos(), requests);
                }
            }
            case TopOfBook top -> {
                if (top.receivedNanos() >= feed.nextTopNanos) {
                    feed.nextTopNanos = top.receivedNanos() + CONFLATION_NANOS;
                    writeTop(feed, top, requests);
                }
            }
            case Trade trade -> writeTrade(feed, trade, requests);
        }
    }

    private static void writeDepth(Feed feed, long exchangeNanos, long receivedNanos, Requests requests) {
        var packed = new PackedBook(
                feed.book.isInStep() ? PackedBook.State.LIVE : PackedBook.State.STALE,
                feed.book.sequence(),
                exchangeNanos,
                receivedNanos,
                feed.book.bids(DEPTH),
                feed.book.asks(DEPTH));
        requests.send(
                feed.connection,
                WRITE_BOOK,
                Command.ofBytes(
                        bytes("SET"),
                        feed.depthKey,
                        packed.toBytes(),
                        bytes("PX"),
                        bytes(Long.toString(feed.jitter.around(LEASE_MILLIS)))));
    }

    private static void writeTop(Feed feed, TopOfBook top, Requests requests) {
        requests.send(feed.connection, WRITE_TOP, "MULTI");
        requests.send(
                feed.connection,
                WRITE_TOP,
                "HSET",
                feed.topKey,
                "bidPx",
                Long.toString(top.bidPrice()),
                "bidQty",
                Long.toString(top.bidQuantity()),
                "askPx",
                Long.toString(top.askPrice()),
                "askQty",
                Long.toString(top.askQuantity()),
                "seq",
                Long.toString(top.sequence()),
                "exchTs",
                Long.toString(top.exchangeNanos()),
                "recvTs",
                Long.toString(top.receivedNanos()));
        requests.send(
                feed.connection, WRITE_TOP, "PEXPIRE", feed.topKey, Long.toString(feed.jitter.around(LEASE_MILLIS)));
        requests.send(feed.connection, WRITE_TOP, "EXEC");
    }

    private static void writeTrade(Feed feed, Trade trade, Requests requests) {
        requests.send(
                feed.connection,
                WRITE_TRADE,
                "XADD",
                feed.tapeKey,
                "MAXLEN",
                "~",
                Integer.toString(TAPE_LENGTH),
                "*",
                "p",
                Long.toString(trade.price()),
                "q",
                Long.toString(trade.quantity()),
                "t",
                Long.toString(trade.exchangeNanos()),
                "m",
                trade.buyerIsMaker() ? "1" : "0");
        if (feed.trades++ % TRADES_PER_LEASE == 0) {
            requests.send(
                    feed.connection,
                    WRITE_TRADE,
                    "PEXPIRE",
                    feed.tapeKey,
                    Long.toString(feed.jitter.around(TAPE_LEASE_MILLIS)));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
