package io.cachewright.optimizer.prove.practice;

import com.google.auto.service.AutoService;
import io.cachewright.lab.wire.Command;
import io.cachewright.lab.wire.Reply;
import io.cachewright.optimizer.advice.Practice;
import java.util.ArrayList;
import java.util.List;

/// A side of a book is rebuilt: deleted and added again level by level, or built aside and renamed into place.
@AutoService(PracticeTrial.class)
public final class AtomicSwap implements PracticeTrial {

    private static final String KEY = "{book}:bids";
    private static final String ASIDE = "{book}:bids:next";

    @Override
    public Practice practice() {
        return Practice.ATOMIC_SWAP;
    }

    @Override
    public JobPair jobs(Sizes sizes) {
        Size levels = sizes.of("levels", 20, 500);
        // Two books in turn, told apart by every score, so that a mixture of both shows.
        List<List<Command>> byLevel = List.of(byLevel(levels.value(), 0), byLevel(levels.value(), 1));
        List<List<Command>> aside = List.of(aside(levels.value(), 0), aside(levels.value(), 1));
        Command whole = zadd(KEY, levels.value(), 1);
        JobPair pair = JobPair.of(
                "rebuild a side of " + levels,
                new JobPair.Side(List.of(whole), (connection, number) -> {
                    for (Command step : byLevel.get(Math.floorMod(number, 2))) {
                        Job.ask(connection, step);
                    }
                }),
                new JobPair.Side(
                        List.of(whole),
                        (connection, number) -> Job.askAll(connection, aside.get(Math.floorMod(number, 2)))));
        return pair.watchedBy(connection ->
                view(Job.ask(connection, "ZRANGE", KEY, "0", "-1", "WITHSCORES").elements(), levels.value()));
    }

    private static List<Command> byLevel(int levels, int version) {
        List<Command> steps = new ArrayList<>();
        steps.add(Command.of("DEL", KEY));
        for (int level = 0; level < levels; level++) {
            steps.add(Command.of("ZADD", KEY, score(level, version), member(level)));
        }
        return steps;
    }

    private static List<Command> aside(int levels, int version) {
        return List.of(Command.of("DEL", ASIDE), zadd(ASIDE, levels, version), Command.of("RENAME", ASIDE, KEY));
    }

    private static Command zadd(String key, int levels, int version) {
        List<String> arguments = new ArrayList<>(List.of("ZADD", key));
        for (int level = 0; level < levels; level++) {
            arguments.add(score(level, version));
            arguments.add(member(level));
        }
        return Command.of(arguments.toArray(String[]::new));
    }

    /// Even for one book, odd for the other.
    private static String score(int level, int version) {
        return Integer.toString(2 * Payload.ticks(true, level) + version);
    }

    private static String member(int level) {
        return "level-" + level;
    }

    private static Reader.View view(List<Reply> membersAndScores, int levels) {
        if (membersAndScores.isEmpty()) {
            return Reader.View.EMPTY;
        }
        if (membersAndScores.size() != 2 * levels) {
            return Reader.View.TORN;
        }
        long first = membersAndScores.get(1).integer() & 1;
        for (int i = 3; i < membersAndScores.size(); i += 2) {
            if ((membersAndScores.get(i).integer() & 1) != first) {
                return Reader.View.TORN;
            }
        }
        return Reader.View.WHOLE;
    }
}
