package io.cachewright.snapshot;

import io.cachewright.domain.Engine;
import io.cachewright.domain.ServerVersion;
import io.cachewright.lab.wire.Command;
import io.cachewright.lab.wire.Reply;
import io.cachewright.lab.wire.WireConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Keys of every type and encoding, filled by commands, the same for the same seed.
final class Corpus {

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final String LIBRARY =
            "#!lua name=lib\nredis.register_function('one', function(keys, args) return 1 end)";

    private final WireConnection connection;
    private final Random random = new Random(11);
    private final List<Command> commands = new ArrayList<>();

    private Corpus(WireConnection connection) {
        this.connection = connection;
    }

    /// @param scale 1 for a few keys of each kind
    static void fill(WireConnection connection, ServerVersion version, int scale) {
        Corpus corpus = new Corpus(connection);
        corpus.strings(scale);
        corpus.lists(scale);
        corpus.sets(scale);
        corpus.sortedSets(scale);
        corpus.hashes(scale);
        corpus.streams(scale);
        corpus.add("SELECT", "3");
        corpus.add("SET", "other:database", "1");
        corpus.add("SELECT", "0");
        corpus.send();
        if (version.hasWhatRedisHadAt(7, 0)) {
            connection.call("FUNCTION", "LOAD", LIBRARY).orThrow();
        }
        if (version.isAtLeast(Engine.REDIS, 7, 4)) {
            corpus.expiringFields(scale);
            corpus.send();
        }
    }

    /// Some keys of every kind in a file of a few KB.
    static void fillFew(WireConnection connection, ServerVersion version) {
        Corpus corpus = new Corpus(connection);
        corpus.add("SET", "counter", "123456");
        corpus.add("SET", "flag", "on", "EX", "1000");
        corpus.add("SET", "quote", corpus.json() + corpus.json());
        corpus.push("list", 30, 12);
        corpus.add("SADD", "ints", 20, () -> "" + corpus.random.nextInt());
        corpus.add("SADD", "words", 10, () -> corpus.text(5));
        corpus.add("SADD", "long-words", 3, () -> corpus.text(70));
        corpus.scored("small", 10, 8);
        corpus.scored("long", 4, 100);
        corpus.hash("hash", 8, 12);
        corpus.hash("long-hash", 3, 100);
        for (int i = 1; i < 12; i++) {
            corpus.add("XADD", "stream", (1_750_000_000_000L + i * 1_000L) + "-0", "p", "" + i);
        }
        corpus.add("XGROUP", "CREATE", "stream", "desk", "0");
        corpus.add("XREADGROUP", "GROUP", "desk", "one", "COUNT", "5", "STREAMS", "stream", ">");
        corpus.add("SELECT", "7");
        corpus.add("SET", "a", "b");
        corpus.add("SELECT", "0");
        corpus.send();
        if (version.hasWhatRedisHadAt(7, 0)) {
            connection.call("FUNCTION", "LOAD", LIBRARY).orThrow();
        }
        if (version.isAtLeast(Engine.REDIS, 7, 4)) {
            connection
                    .call("HPEXPIRE", "hash", "8640000", "FIELDS", "1", "field1")
                    .orThrow();
            connection
                    .call("HPEXPIRE", "long-hash", "8640000", "FIELDS", "1", "field1")
                    .orThrow();
        }
    }

    private void strings(int scale) {
        for (int i = 0; i < 40 * scale; i++) {
            add("SET", "counter:" + i, Long.toString(random.nextLong() >> random.nextInt(60)));
            add("SET", "flag:" + text(random.nextInt(1, 30)) + i, text(random.nextInt(1, 44)));
            add("SET", "session:" + text(16) + i, text(random.nextInt(45, 400)), "EX", "" + (100 + i));
            add("SET", "quote:{BTC" + i + "-USD}:json", json(), "PX", "" + (86_400_000L + i));
        }
        for (int i = 0; i < 2 * scale; i++) {
            add("SET", "blob:" + i, text(40_000 + i));
        }
    }

    private void lists(int scale) {
        for (int i = 0; i < 12 * scale; i++) {
            push("trades:small:" + i, random.nextInt(1, 30), 24);
            push("trades:long:" + i, random.nextInt(300, 900), 40);
        }
        push("trades:wide", 40, 3_000);
        push("trades:plain", 3, 20_000);
    }

    private void push(String key, int count, int length) {
        List<String> command = start("RPUSH", key);
        for (int i = 0; i < count; i++) {
            command.add(random.nextInt(4) == 0 ? "" + random.nextInt(100_000) : text(random.nextInt(1, length)));
        }
        add(command);
    }

    private void sets(int scale) {
        for (int i = 0; i < 12 * scale; i++) {
            add("SADD", "open:" + i, random.nextInt(1, 100), () -> "" + random.nextInt(1_000_000));
            add("SADD", "watch:" + i, random.nextInt(1, 100), () -> text(random.nextInt(1, 20)));
            add("SADD", "tags:" + i, random.nextInt(130, 400), () -> text(random.nextInt(1, 60)));
        }
        add("SADD", "open:wide", 900, () -> "" + random.nextLong());
        add("SADD", "open:middle", 400, () -> "" + (1L << 33) + random.nextInt(10_000));
    }

    private void sortedSets(int scale) {
        for (int i = 0; i < 12 * scale; i++) {
            scored("risk:" + i, random.nextInt(1, 100), 20);
            scored("book:{ETH" + i + "-USD}:bids", random.nextInt(150, 500), 12);
        }
        scored("risk:wide", 20, 200);
    }

    private void scored(String key, int count, int length) {
        List<String> command = start("ZADD", key);
        for (int i = 0; i < count; i++) {
            command.add(i % 3 == 0 ? "" + random.nextInt(10_000) : "" + random.nextInt(1_000_000) / 100.0);
            command.add(text(random.nextInt(1, length)) + i);
        }
        add(command);
    }

    private void hashes(int scale) {
        for (int i = 0; i < 20 * scale; i++) {
            hash("order:" + (1_000_000 + i), random.nextInt(1, 20), 30);
            hash("pos:" + i + ":wide", random.nextInt(520, 700), 12);
        }
        hash("order:long", 6, 300);
    }

    private void hash(String key, int count, int length) {
        List<String> command = start("HSET", key);
        for (int i = 0; i < count; i++) {
            command.add("field" + i);
            command.add(i % 3 == 0 ? "" + random.nextInt(1_000_000) : text(random.nextInt(1, length)));
        }
        add(command);
    }

    private void streams(int scale) {
        for (int i = 0; i < 4 * scale; i++) {
            String key = "md:{SOL" + i + "-USD}:tr";
            long at = 1_750_000_000_000L;
            int entries = random.nextInt(1, 600);
            for (int j = 0; j < entries; j++) {
                at += random.nextInt(1, 100_000);
                add("XADD", key, at + "-" + j % 3, "p", "" + random.nextInt(100_000), "q", "" + j, "s", "B");
            }
            if (i % 2 == 0) {
                add("XGROUP", "CREATE", key, "desk", "0");
                for (String consumer : List.of("one", "two")) {
                    add("XREADGROUP", "GROUP", "desk", consumer, "COUNT", "" + (1 + entries / 4), "STREAMS", key, ">");
                }
            }
            add("XDEL", key, at + "-0");
        }
    }

    private void expiringFields(int scale) {
        for (int i = 0; i < 5 * scale; i++) {
            hash("ttl:small:" + i, 8, 20);
            hash("ttl:wide:" + i, 600, 20);
            add("HPEXPIRE", "ttl:small:" + i, "8640000" + i, "FIELDS", "2", "field1", "field2");
            add("HPEXPIRE", "ttl:wide:" + i, "8640000" + i, "FIELDS", "2", "field1", "field2");
        }
    }

    private String json() {
        return "{\"bid\":" + random.nextInt(100_000) + ",\"ask\":" + random.nextInt(100_000)
                + ",\"symbol\":\"BTC-USD\",\"seq\":" + random.nextInt() + ",\"bidSize\":" + random.nextInt(99)
                + ",\"askSize\":" + random.nextInt(99) + "}";
    }

    private String text(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            // A letter first, so that a text is no number.
            text.append(ALPHABET.charAt(random.nextInt(i == 0 ? 26 : ALPHABET.length())));
        }
        return text.toString();
    }

    private static List<String> start(String command, String key) {
        return new ArrayList<>(List.of(command, key));
    }

    private void add(String command, String key, int count, java.util.function.Supplier<String> member) {
        List<String> all = start(command, key);
        for (int i = 0; i < count; i++) {
            all.add(member.get());
        }
        add(all);
    }

    private void add(List<String> command) {
        add(command.toArray(String[]::new));
    }

    private void add(String... command) {
        commands.add(Command.of(command));
    }

    private void send() {
        connection.pipelineAll(commands.iterator(), Reply::orThrow);
        commands.clear();
    }
}
