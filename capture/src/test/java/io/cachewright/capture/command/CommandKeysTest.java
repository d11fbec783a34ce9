package io.cachewright.capture.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerBinaries;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.Reply;
import io.cachewright.lab.wire.WireConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every server at hand is asked, with `COMMAND GETKEYS`, where it sees the keys of generated invocations of every
/// command it has; the table must see the same.
class CommandKeysTest {

    /// Commands whose keys move with their arguments, as people write them.
    private static final List<String> MOVABLE = List.of(
            "EVAL script 2 a b c d",
            "EVAL script 0 a",
            "EVALSHA sha 1 a b",
            "FCALL f 3 a b c d",
            "FCALL_RO f 1 a",
            "SORT a",
            "SORT a BY w_* LIMIT 0 5 GET # GET store ASC ALPHA STORE b",
            "SORT a STORE b STORE c",
            "SORT_RO a BY store",
            "ZUNIONSTORE d 2 a b WEIGHTS 1 2",
            "ZINTERSTORE d 1 a AGGREGATE MAX",
            "ZDIFFSTORE d 2 a b",
            "ZUNION 2 a b WITHSCORES",
            "ZINTERCARD 2 a b LIMIT 3",
            "SINTERCARD 1 a",
            "LMPOP 2 a b LEFT",
            "BLMPOP 0 2 a b LEFT COUNT 3",
            "ZMPOP 1 a MIN",
            "BZMPOP 0 1 a MAX",
            "XREAD COUNT 2 BLOCK 10 STREAMS a b 0 0",
            "XREAD STREAMS streams 0",
            "XREADGROUP GROUP streams c COUNT 1 STREAMS a b > >",
            "XGROUP CREATE a g $",
            "XINFO STREAM a FULL",
            "MIGRATE h 6379 a 0 100 COPY",
            "MIGRATE h 6379 \"\" 0 100 KEYS a b c",
            "MIGRATE h 6379 \"\" 0 100 AUTH KEYS KEYS a b",
            "GEORADIUS a 1 2 3 km STORE b",
            "GEORADIUS a 1 2 3 km COUNT 5 ASC STOREDIST b",
            "GEORADIUSBYMEMBER a m 3 km STORE b",
            "GEOSEARCHSTORE d a FROMMEMBER m BYRADIUS 1 km",
            "OBJECT ENCODING a",
            "MEMORY USAGE a SAMPLES 5",
            "BITOP AND d a b c",
            "MSET a 1 b 2",
            "MSETNX a 1 b 2",
            "BLPOP a b 0",
            "RENAME a b",
            "COPY a b",
            "SET a KEEPTTL EX 10",
            "PFMERGE a b c",
            "SDIFFSTORE d a b",
            "LMOVE a b LEFT RIGHT",
            "SMOVE a b m");

    @TestFactory
    Stream<DynamicTest> everyServerSeesTheSameKeys() {
        return ServerBinaries.all().stream()
                .filter(binary -> binary.version().major() >= 7)
                .map(binary -> dynamicTest(binary.version() + " " + binary.origin(), () -> {
                    try (RedisServer server = RedisServer.start(binary, ServerSettings.onUnixSocket());
                            WireConnection connection = server.connect()) {
                        compare(connection);
                    }
                }));
    }

    private static void compare(WireConnection connection) {
        Map<String, CommandShape> shapes = shapes(connection);
        Set<String> missing = new TreeSet<>();
        Set<String> compared = new TreeSet<>();
        SplittableRandom random = new SplittableRandom(7);
        for (CommandShape shape : shapes.values()) {
            if (CommandTable.named(shape.name()).isEmpty()) {
                missing.add(shape.name());
            }
            for (int round = 0; round < 6; round++) {
                if (compareOne(connection, shape.invocation(random))) {
                    compared.add(shape.name());
                }
            }
        }
        assertThat(missing).as("commands that the table does not have").isEmpty();
        assertThat(compared).as("commands whose keys were compared").hasSizeGreaterThan(150);
        for (String written : MOVABLE) {
            String[] words = written.split(" ");
            for (int i = 0; i < words.length; i++) {
                words[i] = words[i].equals("\"\"") ? "" : words[i];
            }
            assertThat(compareOne(connection, List.of(words))).as(written).isTrue();
        }
    }

    /// @return whether the server took it as a command with keys
    private static boolean compareOne(WireConnection connection, List<String> invocation) {
        List<String> asked = new ArrayList<>(List.of("COMMAND", "GETKEYS"));
        asked.addAll(invocation);
        Reply reply = connection.call(asked.toArray(String[]::new));
        Arguments arguments = Arguments.of(invocation.toArray(String[]::new));
        List<String> ours = CommandTable.find(arguments).stream()
                .flatMap(spec -> spec.keys(arguments).stream())
                .map(key -> arguments.text(key.argument()))
                .toList();
        if (reply instanceof Reply.Error(String message)) {
            if (message.contains("no key arguments")) {
                assertThat(ours).as(invocation.toString()).isEmpty();
            }
            return false;
        }
        assertThat(ours)
                .as(invocation.toString())
                .containsExactlyInAnyOrderElementsOf(
                        reply.elements().stream().map(Reply::text).toList());
        return true;
    }

    private static Map<String, CommandShape> shapes(WireConnection connection) {
        Map<String, CommandShape> shapes = new HashMap<>();
        for (Reply command : connection.call("COMMAND").elements()) {
            add(command, shapes);
        }
        return shapes;
    }

    private static void add(Reply command, Map<String, CommandShape> shapes) {
        List<Reply> facts = command.elements();
        String name = facts.get(0).text().toUpperCase(Locale.ROOT).replace('|', ' ');
        shapes.put(
                name,
                new CommandShape(
                        name, (int) facts.get(1).integer(), facts.get(8).elements()));
        facts.get(9).elements().forEach(subcommand -> add(subcommand, shapes));
    }

    /// What a server tells about a command, from which invocations are made up.
    private record CommandShape(String name, int arity, List<Reply> keySpecs) {

        List<String> invocation(SplittableRandom random) {
            List<String> words = new ArrayList<>(List.of(name.split(" ")));
            int length = Math.abs(arity) + (arity < 0 ? random.nextInt(5) : 0);
            while (words.size() < Math.max(length, words.size())) {
                words.add("w" + words.size());
            }
            for (Reply spec : keySpecs) {
                shape(words, spec, random);
            }
            return words;
        }

        private static void shape(List<String> words, Reply spec, SplittableRandom random) {
            Map<String, Reply> facts = facts(spec);
            Map<String, Reply> begin = facts(get(facts, "begin_search"));
            Map<String, Reply> find = facts(get(facts, "find_keys"));
            String beginType = get(begin, "type").text();
            int start;
            if (beginType.equals("index")) {
                start = (int) get(facts(get(begin, "spec")), "index").integer();
            } else if (beginType.equals("keyword") && random.nextBoolean()) {
                Map<String, Reply> keyword = facts(get(begin, "spec"));
                int from = (int) get(keyword, "startfrom").integer();
                if (from < 0) {
                    return;
                }
                pad(words, from + 1);
                words.set(from, get(keyword, "keyword").text());
                start = from + 1;
                pad(words, start + 2 * (1 + random.nextInt(3)));
            } else {
                return;
            }
            if (get(find, "type").text().equals("keynum")) {
                Map<String, Reply> counted = facts(get(find, "spec"));
                int count = 1 + random.nextInt(3);
                int at = start + (int) get(counted, "keynumidx").integer();
                pad(words, at + 1);
                words.set(at, Integer.toString(count));
                pad(
                        words,
                        start
                                + (int) get(counted, "firstkey").integer()
                                + count * (int) get(counted, "keystep").integer()
                                + random.nextInt(2));
            }
        }

        private static void pad(List<String> words, int size) {
            while (words.size() < size) {
                words.add("w" + words.size());
            }
        }

        private static Map<String, Reply> facts(Reply reply) {
            List<Reply> elements = reply.elements();
            Map<String, Reply> facts = new HashMap<>();
            for (int i = 0; i + 1 < elements.size(); i += 2) {
                facts.put(elements.get(i).text(), elements.get(i + 1));
            }
            return facts;
        }

        private static Reply get(Map<String, Reply> facts, String name) {
            return Objects.requireNonNull(facts.get(name), name);
        }
    }

    @Test
    void aCommandThatIsNotCompleteHasNoKeys() {
        for (String command :
                List.of("GET", "EVAL s", "EVAL s 3 a b", "ZUNIONSTORE d x a", "XREAD COUNT 2", "NOSUCH a")) {
            Arguments arguments = Arguments.of(command.split(" "));
            assertThat(CommandTable.find(arguments).stream()
                            .flatMap(spec -> spec.keys(arguments).stream())
                            .filter(key -> key.argument() >= arguments.count()))
                    .as(command)
                    .isEmpty();
        }
    }
}
