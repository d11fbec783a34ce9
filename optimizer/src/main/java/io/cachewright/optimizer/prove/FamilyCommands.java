package io.cachewright.optimizer.prove;

import io.cachewright.lab.load.TimedCommand;
import io.cachewright.lab.load.Workload;
import io.cachewright.lab.load.Workloads;
import io.cachewright.lab.wire.Command;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/// The commands that store a sample, and those that read and write single elements of it without changing its size.
final class FamilyCommands {

    private static final int PARTS_PER_COMMAND = 1_000;
    private static final int COMMANDS = 4_000;
    private static final int CONNECTIONS = 4;

    /// Faster than any server; what runs it slows it down to what both sides can bear.
    private static final double PER_SECOND = 1_000_000;

    private static final byte[] ZERO = bytes("0");
    private static final byte[] NINE = bytes("9");

    private final FamilySample sample;

    FamilyCommands(FamilySample sample) {
        this.sample = sample;
    }

    /// An operation that clients of such a family use.
    record Operation(String name, Workload workload) {}

    Iterator<Command> fill() {
        return sample.keys().stream().flatMap(this::store).iterator();
    }

    /// Those whose cost depends on the encoding.
    List<Operation> operations(long seed) {
        return switch (sample.type()) {
            case HASH ->
                List.of(
                        each("HGET one field", seed, (key, random) -> List.of(of("HGET", key, field(key, random)))),
                        each(
                                "HSET one field",
                                seed,
                                (key, random) -> List.of(of("HSET", key, field(key, random), second(key, random)))));
            case SORTED_SET ->
                List.of(
                        each(
                                "ZSCORE one member",
                                seed,
                                (key, random) -> List.of(of("ZSCORE", key, field(key, random)))),
                        each("ZRANGE of the first 10", seed, (key, _) -> List.of(of("ZRANGE", key, ZERO, NINE))),
                        each(
                                "ZADD one member",
                                seed,
                                (key, random) -> List.of(of("ZADD", key, second(key, random), field(key, random)))));
            case SET ->
                List.of(
                        each("SISMEMBER", seed, (key, random) -> List.of(of("SISMEMBER", key, field(key, random)))),
                        each("SREM and SADD of one member", seed, (key, random) -> {
                            byte[] member = field(key, random);
                            return List.of(of("SREM", key, member), of("SADD", key, member));
                        }));
            case LIST ->
                List.of(
                        each("LRANGE of the first 10", seed, (key, _) -> List.of(of("LRANGE", key, ZERO, NINE))),
                        each(
                                "LINDEX of any element",
                                seed,
                                (key, random) -> List.of(of(
                                        "LINDEX",
                                        key,
                                        bytes(Integer.toString(
                                                random.nextInt(key.elements(FamilySample.Type.LIST))))))),
                        each(
                                "LPUSH and RPOP",
                                seed,
                                (key, random) -> List.of(of("LPUSH", key, field(key, random)), of("RPOP", key))));
        };
    }

    private interface Step {
        List<Command> on(FamilySample.Key key, SplittableRandom random);
    }

    private Operation each(String name, long seed, Step step) {
        SplittableRandom random = new SplittableRandom(seed);
        List<TimedCommand> commands = new ArrayList<>();
        while (commands.size() < COMMANDS) {
            // Commands of one step keep their order only on one connection.
            int connection = commands.size() % CONNECTIONS;
            FamilySample.Key key =
                    sample.keys().get(random.nextInt(sample.keys().size()));
            for (Command command : step.on(key, random)) {
                commands.add(
                        new TimedCommand(Math.round(commands.size() * 1e9 / PER_SECOND), connection, name, command));
            }
        }
        return new Operation(name, Workloads.of(CONNECTIONS, commands));
    }

    private Stream<Command> store(FamilySample.Key key) {
        String name = switch (sample.type()) {
            case HASH -> "HSET";
            case SORTED_SET -> "ZADD";
            case SET -> "SADD";
            case LIST -> "RPUSH";
        };
        List<Command> commands = new ArrayList<>();
        for (int first = 0; first < key.parts().size(); first += PARTS_PER_COMMAND) {
            List<byte[]> parts = key.parts().subList(first, Math.min(key.parts().size(), first + PARTS_PER_COMMAND));
            List<byte[]> arguments = new ArrayList<>(List.of(bytes(name), key.name()));
            if (sample.type() == FamilySample.Type.SORTED_SET) {
                for (int i = 0; i < parts.size(); i += 2) {
                    arguments.add(parts.get(i + 1));
                    arguments.add(parts.get(i));
                }
            } else {
                arguments.addAll(parts);
            }
            commands.add(new Command(arguments));
        }
        return commands.stream();
    }

    private byte[] field(FamilySample.Key key, SplittableRandom random) {
        int stride = sample.type().partsPerElement();
        return key.parts().get(stride * random.nextInt(key.elements(sample.type())));
    }

    /// The value or score of some other element: new, and of a size that the key already holds.
    private byte[] second(FamilySample.Key key, SplittableRandom random) {
        return key.parts().get(2 * random.nextInt(key.elements(sample.type())) + 1);
    }

    private static Command of(String name, FamilySample.Key key, byte[]... arguments) {
        return new Command(Stream.concat(Stream.of(bytes(name), key.name()), Stream.of(arguments))
                .toList());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
