import io.lettuce.core.RedisClient;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;

/// Uses the Java code of the practices on a server, as a service would.
public final class SnippetDriver {

    private SnippetDriver() {}

    public static void run(String uri) throws Exception {
        RedisClient client = RedisClient.create(uri);
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            RedisCommands<String, String> redis = connection.sync();
            books(redis);
            values(redis);
            lifetimes(redis);
            state(redis, uri);
            streams(redis);
            clients(client, uri);
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        }
    }

    private static void books(RedisCommands<String, String> redis) {
        BookDeltas deltas = new BookDeltas(redis);
        same(deltas.apply("B1", 0, 1, Map.of("b10", 5L, "a11", 7L)), true);
        same(deltas.apply("B1", 1, 2, Map.of("b10", 0L)), true);
        same(deltas.apply("B1", 5, 6, Map.of("b10", 1L)), false);
        same(redis.hgetall("md:{B1}:l2"), Map.of("a11", "7", "seq", "2"));

        redis.hset("md:{B2}:l2", "old", "1");
        new AtomicSwap(redis).replace("B2", Map.of("b1", "2"));
        same(redis.hgetall("md:{B2}:l2"), Map.of("b1", "2"));

        OneBookStructure one = new OneBookStructure(redis);
        for (long price = 1; price <= 5; price++) {
            one.set("B3", "bid", price, price * 10);
        }
        one.set("B3", "bid", 5, 0);
        same(one.best("B3", "bid", 2).getFirst().price(), 4L);
        same(new TrimDepth(redis).trim("md:{B3}:bid", true, 3), 1L);
        same(redis.hexists("md:{B3}:bid", "1"), false);

        redis.hset("pm", "7", "1");
        new PriceAsMember(redis).update("pm", Map.of(7L, 0L, 8L, 3L));
        same(redis.hgetall("pm"), Map.of("8", "3"));

        TopOfBookKey top = new TopOfBookKey(redis);
        top.write("B4", new TopOfBookKey.Top(1, 2, 3, 4, 5));
        same(top.read("B4"), Optional.of(new TopOfBookKey.Top(1, 2, 3, 4, 5)));
        same(top.read("none"), Optional.empty());

        SmallerKeys bands = new SmallerKeys(redis, 100);
        bands.set("B5", "ask", 99, 1);
        bands.set("B5", "ask", 101, 2);
        bands.set("B5", "ask", 301, 3);
        same(bands.between("B5", "ask", 50, 150), Map.of(99L, 1L, 101L, 2L));
    }

    private static void values(RedisCommands<String, String> redis) {
        SequenceAndTime stamped = new SequenceAndTime(redis, Clock.systemUTC());
        stamped.write("st", 5, 6, Instant.now());
        same(stamped.read("st", 6, Duration.ofMinutes(1)), Optional.of(5L));
        same(stamped.read("st", 7, Duration.ofMinutes(1)), Optional.empty());

        ScaledIntegers money = new ScaledIntegers(redis, 2);
        money.addFill("A", "S", "0.10");
        same(money.addFill("A", "S", "0.20").toPlainString(), "0.30");

        ExactScores scores = new ExactScores(redis);
        scores.add("es", 5, 2, "later");
        scores.add("es", 5, 1, "earlier");
        same(scores.first("es", 2), List.of("earlier", "later"));

        KeyRegistry registry = new KeyRegistry(redis);
        registry.write("I1", "q1", 60_000);
        registry.write("I2", "q2", 60_000);
        registry.delist("I2");
        same(registry.instruments(), List.of("I1"));
        same(new BatchReads(redis).quotes(List.of("I2", "I1")), Map.of("I1", "q1"));
        same(new UnlinkLarge(redis).removeAll("md:{B?}:*") > 0, true);
    }

    private static void lifetimes(RedisCommands<String, String> redis) {
        SetWithTtl set = new SetWithTtl(redis);
        set.put("ttl", "1", Duration.ofMinutes(1));
        set.replaceKeepingTtl("ttl", "2");
        same(redis.pttl("ttl") > 0, true);
        same(set.putIfAbsent("ttl", "3", Duration.ofMinutes(1)), false);

        TtlJitter jitter = new TtlJitter(redis, new Random(1), 0.1);
        long spread = jitter.spreadMillis(Duration.ofSeconds(10));
        same(spread >= 9_000 && spread <= 11_000, true);

        SessionTtl session = new SessionTtl(
                redis, ZoneId.of("Europe/London"), LocalTime.of(8, 0), day -> day.getDayOfWeek().getValue() < 6);
        Instant friday = Instant.parse("2026-03-27T12:00:00Z");
        // The clocks go forward on the Sunday between.
        same(session.nextOpen(friday), Instant.parse("2026-03-30T07:00:00Z"));
        session.put("session", "1", Instant.now(), Duration.ofMinutes(5));
        same(redis.pttl("session") > 0, true);
    }

    private static void state(RedisCommands<String, String> redis, String uri) {
        ReserveCommit limits = new ReserveCommit(redis);
        redis.hset("lim:{A}", "limit", "100");
        same(limits.reserve("A", "o1", 60), true);
        same(limits.reserve("A", "o1", 60), true);
        same(limits.reserve("A", "o2", 60), false);
        same(limits.commit("A", "o1", 50), true);
        same(limits.release("A", "o1"), false);
        same(redis.hgetall("lim:{A}"), Map.of("limit", "100", "used", "50", "reserved", "0"));

        HashedTokens tokens = new HashedTokens(redis, new byte[32]);
        tokens.open("secret-token", "user", Duration.ofMinutes(1));
        same(tokens.find("secret-token"), Optional.of("user"));
        same(redis.keys("*secret*"), List.of());

        try (SeparateState stores = new SeparateState(uri, uri)) {
            stores.saveOrder("A", "o1", "order");
            stores.cacheQuote("I", "q");
        }
        same(redis.hget("ord:{A}", "o1"), "order");
    }

    private static void streams(RedisCommands<String, String> redis) {
        CappedStream tape = new CappedStream(redis, 100);
        for (int trade = 0; trade < 1_000; trade++) {
            tape.add("S", trade, 1);
        }
        same(redis.xlen("md:{S}:tr") < 300, true);
        same(tape.last("S", 1).getFirst().getBody().get("p"), "999");

        AcknowledgedGroups lost = new AcknowledgedGroups(redis, "q", "g", "lost");
        redis.xadd("q", Map.of("a", "1"));
        List<StreamMessage<String, String>> seen = new ArrayList<>();
        try {
            lost.poll(
                    message -> {
                        throw new IllegalStateException("died");
                    },
                    Duration.ofMinutes(1),
                    Duration.ofMillis(1));
            throw new AssertionError("the failure of the handler was hidden");
        } catch (IllegalStateException expected) {
            new AcknowledgedGroups(redis, "q", "g", "heir").poll(seen::add, Duration.ZERO, Duration.ofMillis(1));
        }
        same(seen.size(), 1);
        same(redis.xpending("q", "g").getCount(), 0L);
    }

    private static void clients(RedisClient client, String uri) throws InterruptedException {
        try (ConnectionReuse reuse = new ConnectionReuse(uri)) {
            same(reuse.shared().sync().ping(), "PONG");
        }
        try (StatefulRedisConnection<String, String> own = client.connect()) {
            PipelineWrites writes = new PipelineWrites(own, Duration.ofSeconds(5));
            writes.onTick("pw", "1");
            writes.onTick("pw", "2");
            writes.flush();
        }
        RedisCodec<String, byte[]> codec = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);
        try (StatefulRedisConnection<String, byte[]> bytes = client.connect(codec)) {
            SafeSerialization quotes = new SafeSerialization(bytes.sync());
            SafeSerialization.Quote quote = new SafeSerialization.Quote(1, -2, 3, 4);
            quotes.write("quote", quote);
            same(quotes.read("quote"), Optional.of(quote));
        }
        try (StatefulRedisConnection<String, String> reader = client.connect();
                StatefulRedisConnection<String, String> writer = client.connect();
                NearCache near = new NearCache(reader)) {
            same(writer.sync().get("pw"), "2");
            same(near.get("pw"), Optional.of("2"));
            writer.sync().set("pw", "3");
            long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (!near.get("pw").equals(Optional.of("3"))) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("no invalidation came");
                }
                Thread.sleep(5);
            }
        }
        try (StatefulRedisConnection<String, String> publisher = client.connect();
                var subscriber = client.connectPubSub()) {
            Copy copy = new Copy();
            SnapshotAndSequence.follow(subscriber, "P", copy, book -> book.load("0"));
            long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (copy.sequence < 2) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("no delta came");
                }
                SnapshotAndSequence.publish(
                        publisher.sync(), "P", copy.sequence + 1, "delta", Long.toString(copy.sequence + 1));
                Thread.sleep(20);
            }
        }
    }

    private static final class Copy implements SnapshotAndSequence.Book {

        private volatile long sequence = -1;

        @Override
        public long sequence() {
            return sequence;
        }

        @Override
        public void load(String snapshot) {
            sequence = Long.parseLong(snapshot);
        }

        @Override
        public void apply(long number, String delta) {
            sequence = number;
        }
    }

    private static void same(Object actual, Object expected) {
        if (!Objects.equals(actual, expected)) {
            throw new AssertionError("expected " + expected + ", was " + actual);
        }
    }
}
