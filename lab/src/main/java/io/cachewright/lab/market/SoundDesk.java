package io.cachewright.lab.market;

import io.cachewright.lab.market.MarketEvent.BookDelta;
import io.cachewright.lab.market.MarketEvent.BookSnapshot;
import io.cachewright.lab.market.MarketEvent.TopOfBook;
import io.cachewright.lab.market.MarketEvent.Trade;
import io.cachewright.lab.wire.Command;
import java.time.Duration;

/// Order management and risk done well, for an instance of their own that never evicts. The keys of one account share
/// a slot:
///
/// | Key | What |
/// |---|---|
/// | `idem:{A}:<client order id>` | state of the order under that id; lives longer than the trading day |
/// | `lim:{A}` | hash: limit, used, reserved, rev; changed by one function that compares and reserves |
/// | `ord:{A}:<id>` | hash: status, leaves, cum, rev |
/// | `pos:{A}` | hash symbol → scaled integer quantity |
public final class SoundDesk implements Participant {

    private static final String PLACE_ORDER = "place order";
    private static final String UPDATE_POSITION = "update position";
    private static final int TRADES_PER_ORDER = 4;
    private static final int ACCOUNTS = 200;
    /// A trading day and the time within which a client may still repeat a request.
    private static final String IDEMPOTENCY_MILLIS =
            Long.toString(Duration.ofHours(36).toMillis());

    /// Reserves or refuses in one step: nothing happens between the comparison and the write.
    private static final String LIBRARY = """
            #!lua name=limits
            redis.register_function('reserve', function(keys, args)
              local limit = tonumber(redis.call('HGET', keys[1], 'limit') or '0')
              local reserved = tonumber(redis.call('HGET', keys[1], 'reserved') or '0')
              local wanted = tonumber(args[1])
              if reserved + wanted > limit then
                return 0
              end
              redis.call('HINCRBY', keys[1], 'reserved', wanted)
              redis.call('HINCRBY', keys[1], 'rev', 1)
              return 1
            end)
            """;

    private final int connections;
    private long trades;

    public SoundDesk(int connections) {
        this.connections = connections;
    }

    /// To be sent once before the load: the function that reserves limits.
    public static Command loadLibrary() {
        return Command.of("FUNCTION", "LOAD", "REPLACE", LIBRARY);
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
        String account = "{A" + number * 7919 % ACCOUNTS + '}';
        String quantity = Long.toString(trade.quantity());
        requests.send(
                connection,
                PLACE_ORDER,
                "SET",
                "idem:" + account + ":c" + number,
                "PENDING",
                "NX",
                "PX",
                IDEMPOTENCY_MILLIS);
        requests.send(connection, "check limit", "FCALL", "reserve", "1", "lim:" + account, quantity);
        requests.send(
                connection,
                PLACE_ORDER,
                "HSET",
                "ord:" + account + ':' + number,
                "status",
                "NEW",
                "symbol",
                trade.instrument().symbol(),
                "leaves",
                quantity,
                "cum",
                "0",
                "rev",
                "1");
        requests.send(
                connection,
                UPDATE_POSITION,
                "HINCRBY",
                "pos:" + account,
                trade.instrument().id(),
                trade.buyerIsMaker() ? '-' + quantity : quantity);
    }
}
