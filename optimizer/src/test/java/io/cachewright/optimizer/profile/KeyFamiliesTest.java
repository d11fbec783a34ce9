package io.cachewright.optimizer.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.UseCase;
import io.cachewright.domain.keys.KeyGrouping;
import io.cachewright.optimizer.diagnose.testkit.Samples;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyFamiliesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "md:{BINANCE.BTCUSDT}:l2 md:{I}:l2",
                "md:{AAPL}:l1 md:{I}:l1",
                "quote:EURUSD quote:<I>",
                "quote:ESZ6 quote:<I>",
                "secdef:US0378331005 secdef:<I>",
                "book-COINBASE-BTC-USD book-<I>",
                "book:BTC/USDT book:<I>",
                "depth:BTC-27NOV26-100000-C depth:<I>",
                "btcusdt.l2_batch_order_book <I>.l2_batch_order_book",
                "ord:{ACC1}:7701234 ord:{<id>}:<n>",
                "pos:{ACC-17} pos:{ACC-<n>}",
                "sess:3f2504e0-4f89-11d3-9a0c-0305e82c3301 sess:<id>",
                "idem:{S1}:5feceb66ffc86f38d952786c6d696c79 idem:{<id>}:<id>",
                "bars:2026-11-20:1m bars:<date>:1m",
                "bars:20261120 bars:<date>",
                "v4/orders/0a1b2c3d-0000-4000-8000-aabbccddeeff v4/orders/<id>",
                "user123:cart <id>:cart",
                "k:BTCUSDT:1d k:<I>:1d",
                "config config",
            })
    void namesWhatVaries(String name, String pattern) {
        assertThat(Keys.patterns(List.of(name))).containsExactly(pattern);
    }

    @Test
    void writesTheGlobThatFindsTheFamily() {
        KeyFamily family = KeyFamilies.of(Keys.sample(List.of("md:{BINANCE.BTCUSDT}:l2", "md:{KRAKEN.ETHUSD}:l2")))
                .getFirst();
        assertThat(family.glob()).isEqualTo("md:{*}:l2");
        assertThat(KeyFamilies.of(Keys.sample(List.of("a[1]?x"))).getFirst().glob())
                .isEqualTo("a\\[1\\]\\?x");
    }

    @Test
    void keepsPlacesWithFewWordsAndMergesPlacesWithMany() {
        List<String> names = new ArrayList<>();
        for (String user : words(60)) {
            names.add("app:" + user + ":cart");
            names.add("app:" + user + ":wish");
        }
        assertThat(Keys.patterns(names)).containsExactly("app:<id>:cart", "app:<id>:wish");
    }

    @Test
    void neverMergesWordsOfTheTrade() {
        List<String> names = new ArrayList<>();
        for (String word : words(60)) {
            names.add("md:" + word);
        }
        names.addAll(List.of("md:l1", "md:trades"));
        assertThat(Keys.patterns(names)).containsExactly("md:<id>", "md:l1", "md:trades");
    }

    @Property(tries = 40)
    void orderOfTheSampleDoesNotMatter(@ForAll @LongRange(min = 1, max = 1_000_000) long seed) {
        List<String> names = keyspace(seed);
        List<String> shuffled = new ArrayList<>(names);
        Collections.shuffle(shuffled, new Random(seed));
        assertThat(KeyFamilies.of(Keys.sample(shuffled))).isEqualTo(KeyFamilies.of(Keys.sample(names)));
    }

    @Property(tries = 40)
    void halfOfTheSampleGivesTheSamePatterns(@ForAll @LongRange(min = 1, max = 1_000_000) long seed) {
        List<String> names = keyspace(seed);
        Random random = new Random(seed);
        List<String> half = names.stream().filter(_ -> random.nextBoolean()).toList();
        assertThat(Keys.patterns(half)).isEqualTo(Keys.patterns(names));
    }

    @Test
    void countsEveryKeyOnceAlsoWithoutAnyStructure() {
        Random random = new Random(7);
        List<String> names = IntStream.range(0, 20_000)
                .mapToObj(_ -> random.ints(random.nextInt(1, 90), 33, 127)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString())
                .toList();
        List<KeyFamily> families = KeyFamilies.of(Keys.sample(names));
        assertThat(families.stream().mapToInt(family -> family.sampled().size()).sum())
                .isEqualTo(20_000);
        assertThat(families).hasSizeLessThanOrEqualTo(KeyGrouping.FAMILIES_MAX + 1);
    }

    @Test
    void takesAHundredThousandNames() {
        List<String> names = IntStream.range(0, 100_000)
                .mapToObj(i -> "ord:{ACC" + (i % 997) + "}:" + i)
                .toList();
        assertThat(Keys.patterns(names)).containsExactly("ord:{<id>}:<n>");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                // The recommended schema.
                "md:{BINANCE.BTCUSDT}:l1 hash TOP_OF_BOOK",
                "md:{BINANCE.BTCUSDT}:l2 string DEPTH",
                "md:{BINANCE.BTCUSDT}:tr stream TAPE",
                "md:{BINANCE.BTCUSDT}:bars:1m hash CANDLES",
                "pos:{ACC1} hash POSITIONS",
                "lim:{ACC1} hash RISK_LIMITS",
                "ord:{ACC1}:123 hash ORDERS",
                "fix:{SENDER1}:seqnum hash FIX_SESSION",
                "rl:{BINANCE.10001}:weight:1m string RATE_LIMITS",
                "idem:{S1}:abc string IDEMPOTENCY",
                "ref:XNAS hash REFERENCE_DATA",
                "sess:5feceb66ffc86f38d952786c6d696c79 hash SESSIONS",
                "lock:rebalance string LOCKS",
                // dydxprotocol/v4-chain
                "v4/orderbookLevels/BTC-USD/BUY hash DEPTH",
                "v4/orders/5feceb66ffc86f38 string ORDERS",
                "v4/orderData/5feceb66ffc86f38 string ORDERS",
                "v4/cancelled_orders zset ORDERS",
                "v4/orderbook_mid_prices/BTC-USD zset TICKER",
                // orbs-network/order-book
                "ETH-USD:buy:prices zset DEPTH",
                "orderID:5feceb66ffc86f38:order hash ORDERS",
                "userId:5feceb66ffc86f38:openOrders set ORDERS",
                // michaelliao/warpexchange
                "_orderbook_ string DEPTH",
                "_ticks_ list TAPE",
                "_min_bars_ zset CANDLES",
                // gitbitex/gitbitex-new
                "BTC-USDT.l2_batch_order_book string DEPTH",
                "BTC-USDT.l1_order_book string TOP_OF_BOOK",
                // bmoscon/cryptofeed
                "book-COINBASE-BTC-USD zset DEPTH",
                "trades-COINBASE-BTC-USD stream TAPE",
                // nautechsystems/nautilus_trader
                "trader-001:orders:O-20210410-022422-001-001-1 list ORDERS",
                "trader-001:positions:P-20210410-022422-001-001-1 list POSITIONS",
                "trader-001:index:orders_open set ORDERS",
                // viabtc/viabtc_exchange_server
                "k:BTCUSDT:1m hash CANDLES",
                "k:BTCUSDT:deals list TAPE",
                "k:offset string QUEUE",
                // rubykube/peatio
                "peatio:btcusdt:k:15 list CANDLES",
                // darioajr/redis-quickfixj-plugin
                "quickfix:senderSeqNum hash FIX_SESSION",
                // jammy928/CoinExchange
                "throttle:5feceb66ffc86f38d952786c6d696c79 string RATE_LIMITS",
                // Grommash9/gemini_to_redis
                "GEMINI_BTCUSD_bid hash DEPTH",
                // websocketcom/coco-node
                "ticker:btcusdt string TICKER",
                "kline:btcusdt string CANDLES",
                // RodriguesYan/HubInvestmentsServer
                "order_idempotency:5feceb66ffc86f38d952786c6d696c79 string IDEMPOTENCY",
                "favourites:karl string OTHER",
            })
    void placesTheLayoutsOfTheTradeAndOfPublicProjects(String name, String type, UseCase useCase) {
        KeyFamily family = KeyFamilies.of(Samples.of(List.of(Keys.key(name, type)), 1, true))
                .getFirst();
        assertThat(family.useCase()).as(family.pattern()).isEqualTo(useCase);
        assertThat(family.confidence()).isBetween(0.0, 1.0);
    }

    /// A keyspace of a dozen families; places are clearly of few words or clearly of many.
    private static List<String> keyspace(long seed) {
        Random random = new Random(seed);
        List<String> users = words(200);
        List<String> names = new ArrayList<>();
        String[] instruments = {"BINANCE.BTCUSDT", "KRAKEN.ETHUSD", "XNAS.AAPL", "ESZ6", "EURUSD", "BTC-27NOV26-90000-P"
        };
        for (int i = 0; i < 400; i++) {
            String instrument = instruments[random.nextInt(instruments.length)];
            names.add("md:{" + instrument + "}:" + List.of("l1", "l2", "tr").get(random.nextInt(3)));
            names.add("bars:" + instrument + ":2026112" + random.nextInt(10));
            names.add("app:" + users.get(random.nextInt(users.size())) + ":"
                    + List.of("cart", "wish").get(i % 2));
            names.add("ord:{ACC" + random.nextInt(50) + "}:" + random.nextInt(1_000_000));
            names.add("sess:" + new UUID(random.nextLong(), random.nextLong()));
        }
        return names;
    }

    /// Different lower-case words, none of the trade.
    private static List<String> words(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "zq" + (char) ('a' + i / 26) + (char) ('a' + i % 26) + "y")
                .toList();
    }
}
