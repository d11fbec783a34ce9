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
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The commands that store a sample, and those that read and write single elements of it without changing its size.
final class FamilyCommands {

    private static final int PARTS_PER_COMMAND = 1_000;
    private static final int COMMANDS = 4_000;
    private static final int CONNECTIONS = 4;
    private static final int ELEMENTS_PER_OPERATION = 20;

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

    /// Those whose cost depends on the encoding. They touch several elements at once, as a batch of changes to a book
    /// does: of a single one, the round trip would cost more than all that is to be compared.
    List<Operation> operations(long seed) {
        return switch (sample.type()) {
            case HASH ->
                List.of(
                        each(
                                "HMGET of 20 fields",
                                seed,
                                (key, random) -> List.of(of("HMGET", key, fields(key, random)))),
                        each("HSET of 20 fields", seed, (key, random) -> List.of(of("HSET", key, pairs(key, random)))));
            case SORTED_SET ->
                List.of(
                        each(
                                "ZMSCORE of 20 members",
                                seed,
                                (key, random) -> List.of(of("ZMSCORE", key, fields(key, random)))),
                        each(
                                "ZRANGE of the first 10",
                                seed,
                                (key, _) -> List.of(of("ZRANGE", key, List.of(ZERO, NINE)))),
                        each(
                                "ZADD of 20 members",
                                seed,
                                (key, random) -> List.of(
                                        of("ZADD", key, pairs(key, random).reversed()))));
            case SET ->
                List.of(
                        each(
                                "SMISMEMBER of 20",
                                seed,
                                (key, random) -> List.of(of("SMISMEMBER", key, fields(key, random)))),
                        each("SREM and SADD of 20", seed, (key, random) -> {
                            List<byte[]> members = fields(key, random);
                            return List.of(of("SREM", key, members), of("SADD", key, members));
                        }));
            case LIST ->
                List.of(
                        each(
                                "LRANGE of the first 10",
                                seed,
                                (key, _) -> List.of(of("LRANGE", key, List.of(ZERO, NINE)))),
                        each(
                                "LINDEX of any element",
                                seed,
                                (key, random) -> List.of(of(
                                        "LINDEX",
                                        key,
                                        List.of(bytes(Integer.toString(
                                                random.nextInt(key.elements(FamilySample.Type.LIST)))))))),
                        each("LPUSH and RPOP of 20", seed, (key, random) -> {
                            List<byte[]> elements = fields(key, random);
                            return List.of(
                                    of("LPUSH", key, elements),
                                    of("RPOP", key, List.of(bytes(Integer.toString(elements.size())))));
                        }));
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

    /// Fields, members or elements of a key, any of them.
    private List<byte[]> fields(FamilySample.Key key, SplittableRandom random) {
        int stride = sample.type().partsPerElement();
        return IntStream.range(0, ELEMENTS_PER_OPERATION)
                .mapToObj(_ -> key.parts().get(stride * random.nextInt(key.elements(sample.type()))))
                .toList();
    }

    /// Fields or members, each with the value or score of some other: new, and of a size that the key already holds.
    private List<byte[]> pairs(FamilySample.Key key, SplittableRandom random) {
        int elements = key.elements(sample.type());
        return IntStream.range(0, ELEMENTS_PER_OPERATION)
                .boxed()
                .flatMap(_ -> Stream.of(
                        key.parts().get(2 * random.nextInt(elements)),
                        key.parts().get(2 * random.nextInt(elements) + 1)))
                .toList();
    }

    private static Command of(String name, FamilySample.Key key, List<byte[]> arguments) {
        return new Command(Stream.concat(Stream.of(bytes(name), key.name()), arguments.stream())
                .toList());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
