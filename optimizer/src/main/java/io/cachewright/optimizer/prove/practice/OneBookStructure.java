package io.cachewright.optimizer.prove.practice;

import com.google.auto.service.AutoService;
import io.cachewright.lab.wire.Command;
import io.cachewright.optimizer.advice.Practice;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// A level changes: its price in a sorted set and its size in a hash, written in two commands, or both in one hash.
@AutoService(PracticeTrial.class)
public final class OneBookStructure implements PracticeTrial {

    private static final int VERSIONS = 16;

    @Override
    public Practice practice() {
        return Practice.ONE_BOOK_STRUCTURE;
    }

    @Override
    public JobPair jobs(Sizes sizes) {
        Size levels = BookDeltas.levels(sizes);
        Size changes = sizes.of("changesPerBatch", 20, 200);
        Command hash = BookDeltas.side(true, levels.value());
        List<List<Command>> both = IntStream.range(0, VERSIONS)
                .mapToObj(version -> List.of(
                        prices(levels.value(), changes.value(), version),
                        quantities(levels.value(), changes.value(), version)))
                .toList();
        return JobPair.of(
                "write " + changes + " to a side of " + levels,
                new JobPair.Side(
                        List.of(hash, prices(levels.value(), levels.value(), 0)),
                        (connection, number) -> Job.askAll(connection, both.get(Math.floorMod(number, VERSIONS)))),
                new JobPair.Side(
                        List.of(hash),
                        (connection, number) -> Job.ask(
                                connection,
                                both.get(Math.floorMod(number, VERSIONS)).getLast())));
    }

    private static Command prices(int levels, int changes, int version) {
        List<String> arguments = new ArrayList<>(List.of("ZADD", "book:prices"));
        for (int i = 0; i < changes; i++) {
            int level = (version * 7 + i) % levels;
            arguments.add(Integer.toString(Payload.ticks(true, level)));
            arguments.add(Payload.price(true, level));
        }
        return Command.of(arguments.toArray(String[]::new));
    }

    private static Command quantities(int levels, int changes, int version) {
        List<String> arguments = new ArrayList<>(List.of("HSET", "book:bids"));
        for (int i = 0; i < changes; i++) {
            arguments.add(Payload.price(true, (version * 7 + i) % levels));
            arguments.add(Payload.quantity(version + i));
        }
        return Command.of(arguments.toArray(String[]::new));
    }
}
