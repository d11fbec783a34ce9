package io.cachewright.optimizer.prove.practice;

import com.google.auto.service.AutoService;
import io.cachewright.lab.wire.Command;
import io.cachewright.optimizer.advice.Practice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// A batch of changes reaches an order book: the whole book is written as JSON, or only what changed into a hash of
/// price to quantity a side.
@AutoService(PracticeTrial.class)
public final class BookDeltas implements PracticeTrial {

    /// Rendered beforehand: what the client pays for rendering a whole book is not counted against it.
    private static final int VERSIONS = 16;

    /// A level of a side takes about so many bytes of JSON.
    private static final int JSON_BYTES_PER_LEVEL = 25;

    private static final int LEVELS_MAX = 2_000;

    /// The size by which advice gives the limit of listpacks that it comes with.
    private static final String LISTPACK_ENTRIES = "hashMaxListpackEntries";

    @Override
    public Practice practice() {
        return Practice.BOOK_DELTAS;
    }

    @Override
    public JobPair jobs(Sizes sizes) {
        Size levels = levels(sizes);
        Size changes = sizes.of("changesPerBatch", 20, 200);
        List<Command> whole = IntStream.range(0, VERSIONS)
                .mapToObj(version -> Command.of("SET", "book", Payload.jsonBook(levels.value(), version)))
                .toList();
        List<List<Command>> deltas = IntStream.range(0, VERSIONS)
                .mapToObj(version -> delta(levels.value(), changes.value(), version))
                .toList();
        Map<String, String> parameters = parameters(sizes);
        return JobPair.of(
                "write " + changes + " to a book of " + levels + " a side"
                        + (parameters.isEmpty() ? "" : ", the hashes with " + parameters),
                new JobPair.Side(
                        List.of(whole.getFirst()),
                        (connection, number) -> Job.ask(connection, whole.get(Math.floorMod(number, VERSIONS)))),
                new JobPair.Side(
                        parameters,
                        List.of(side(true, levels.value()), side(false, levels.value())),
                        (connection, number) -> Job.askAll(connection, deltas.get(Math.floorMod(number, VERSIONS)))));
    }

    /// A long listpack is walked for every field, so advice that stores books in hashes may come with its limit.
    private static Map<String, String> parameters(Sizes sizes) {
        Long entries = sizes.observed().get(LISTPACK_ENTRIES);
        return entries == null ? Map.of() : Map.of("hash-max-listpack-entries", Long.toString(entries));
    }

    /// Levels of one side, or as many as the observed bytes of a JSON book hold.
    static Size levels(Sizes sizes) {
        Long bytes = sizes.observed().get("bytes");
        if (sizes.observed().containsKey("levels") || bytes == null) {
            return sizes.of("levels", 500, LEVELS_MAX);
        }
        long levels = Math.max(1, bytes / (2 * JSON_BYTES_PER_LEVEL));
        return new Size("levels", (int) Math.min(levels, LEVELS_MAX), true, levels > LEVELS_MAX);
    }

    /// All levels of one side in one HSET.
    static Command side(boolean isBid, int levels) {
        List<String> arguments = new ArrayList<>(List.of("HSET", key(isBid)));
        for (int level = 0; level < levels; level++) {
            arguments.add(Payload.price(isBid, level));
            arguments.add(Payload.quantity(level));
        }
        return Command.of(arguments.toArray(String[]::new));
    }

    /// New quantities near the top, where books change, and on each side one level that goes or comes back.
    private static List<Command> delta(int levels, int changes, int version) {
        List<Command> commands = new ArrayList<>();
        for (boolean isBid : new boolean[] {true, false}) {
            List<String> changed = new ArrayList<>(List.of("HSET", key(isBid)));
            for (int i = 0; i < Math.max(1, changes / 2 - 1); i++) {
                int level = (version * 7 + i * 3) % levels;
                changed.add(Payload.price(isBid, level));
                changed.add(Payload.quantity(version + i));
            }
            commands.add(Command.of(changed.toArray(String[]::new)));
            String last = Payload.price(isBid, levels - 1);
            commands.add(
                    version % 2 == 0
                            ? Command.of("HDEL", key(isBid), last)
                            : Command.of("HSET", key(isBid), last, Payload.quantity(version)));
        }
        return commands;
    }

    private static String key(boolean isBid) {
        return isBid ? "book:bids" : "book:asks";
    }
}
