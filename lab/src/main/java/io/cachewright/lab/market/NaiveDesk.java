package io.cachewright.lab.market;

import static java.util.Locale.ROOT;

import io.cachewright.lab.market.MarketEvent.BookDelta;
import io.cachewright.lab.market.MarketEvent.BookSnapshot;
import io.cachewright.lab.market.MarketEvent.TopOfBook;
import io.cachewright.lab.market.MarketEvent.Trade;
import io.cachewright.lab.wire.Command;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;

/// Order management and risk done the way they should not be: an order follows every few trades, and touches
/// `idem:…`, `limit:A`, `order:N`, `orderqueue:S`, `events:N`, `position:A:S`, `lock:strategy:N` and `fix:SESSION`.
public final class NaiveDesk implements Participant {

    private static final String PLACE_ORDER = "place order";
    private static final String CHECK_LIMIT = "check limit";
    private static final String UPDATE_POSITION = "update position";
    private static final int TRADES_PER_ORDER = 4;
    private static final int ACCOUNTS = 200;
    private static final int EVENT_LISTS = 100;
    /// How long a caller needs between reading a value and writing it back.
    private static final Duration THINKING = Duration.ofNanos(300_000);

    private final int connections;
    private long trades;

    public NaiveDesk(int connections) {
        this.connections = connections;
    }

    /// What it does wrong.
    public static Set<Mistake> mistakes() {
        return EnumSet.of(
                Mistake.FLOATING_POINT_MONEY,
                Mistake.TIME_IN_SCORE,
                Mistake.UNBOUNDED_COLLECTION,
                Mistake.NO_TTL,
                Mistake.CHECK_THEN_ACT,
                Mistake.IDEMPOTENCY_BY_CONTENT,
                Mistake.SEQUENCE_IN_CACHE,
                Mistake.EVENTS_REPLAYED,
                Mistake.LOCK_WITHOUT_EXPIRY);
    }

    @Override
    public int connections() {
        return connections;
    }

    @Override
    public void on(MarketEvent event, Requests requests) {
        switch (event) {
            case Trade trade -> {
                if (trades++ % TRADES_PER_ORDER == 0) {
                    placeOrder(trades / TRADES_PER_ORDER, trade, requests);
                }
            }
            case BookSnapshot _, BookDelta _, TopOfBook _ -> {}
        }
    }

    private void placeOrder(long number, Trade trade, Requests requests) {
        int connection = (int) (number % connections);
        Instrument instrument = trade.instrument();
        String account = "A" + (number * 7919 % ACCOUNTS);
        String price = instrument.price(trade.price()).toString();
        String quantity = instrument.quantity(trade.quantity()).toString();
        String content = account + instrument.symbol() + quantity + price;
        long second = trade.receivedNanos() / 1_000_000_000L;

        requests.send(connection, PLACE_ORDER, "SET", "idem:" + sha256(content), "1", "NX", "EX", "60");
        requests.send(connection, CHECK_LIMIT, "GET", "limit:" + account);
        requests.send(
                connection,
                CHECK_LIMIT,
                THINKING,
                Command.of("SET", "limit:" + account, Long.toString(1_000_000 - number)));
        requests.send(connection, PLACE_ORDER, "SET", "order:" + number, orderJson(number, account, trade));
        double score = trade.price() / Math.pow(10, instrument.priceScale()) + second / 1e12;
        requests.send(
                connection,
                PLACE_ORDER,
                "ZADD",
                "orderqueue:" + instrument.symbol(),
                Double.toString(score),
                Long.toString(number));
        String events = "events:" + number % EVENT_LISTS;
        requests.send(connection, PLACE_ORDER, "LRANGE", events, "0", "-1");
        requests.send(connection, PLACE_ORDER, "RPUSH", events, "{\"order\":" + number + ",\"status\":\"NEW\"}");
        requests.send(
                connection,
                UPDATE_POSITION,
                "INCRBYFLOAT",
                "position:" + account + ':' + instrument.symbol(),
                trade.buyerIsMaker() ? '-' + quantity : quantity);
        requests.send(connection, PLACE_ORDER, "SET", "lock:strategy:" + number % 20, "desk-1", "NX");
        String session = "fix:DESK" + number % 8 + ":outSeqNum";
        requests.send(connection, PLACE_ORDER, "GET", session);
        requests.send(connection, PLACE_ORDER, "SET", session, Long.toString(number));
    }

    private static String orderJson(long number, String account, Trade trade) {
        Instrument instrument = trade.instrument();
        return String.format(
                ROOT,
                "{\"id\":%d,\"account\":\"%s\",\"symbol\":\"%s\",\"price\":%s,\"qty\":%s,\"leaves\":%s,"
                        + "\"status\":\"NEW\",\"strategy\":\"mm-7\",\"tif\":\"DAY\",\"text\":\"%s\"}",
                number,
                account,
                instrument.symbol(),
                trade.price() / Math.pow(10, instrument.priceScale()),
                trade.quantity() / Math.pow(10, instrument.quantityScale()),
                trade.quantity() / Math.pow(10, instrument.quantityScale()),
                "placed by the automatic quoter after a fill on the other side of the book");
    }

    private static String sha256(String content) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
