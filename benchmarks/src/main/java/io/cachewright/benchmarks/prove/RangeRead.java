package io.cachewright.benchmarks.prove;

import io.cachewright.lab.wire.Command;
import io.cachewright.optimizer.prove.practice.Job;
import io.cachewright.optimizer.prove.practice.JobPair;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A job whose work on the server can be set finely: LRANGE of so many elements.
record RangeRead(int elements) {

    /// What the unchanged side reads.
    static final RangeRead USUAL = new RangeRead(200);

    private static final int STORED = 1_000;

    static List<Command> fill() {
        return List.of(Command.of(Stream.concat(
                        Stream.of("RPUSH", "levels"), IntStream.range(0, STORED).mapToObj(i -> "61686." + (1_000 + i)))
                .toArray(String[]::new)));
    }

    Command command() {
        return Command.of("LRANGE", "levels", "0", Integer.toString(elements - 1));
    }

    JobPair.Side side() {
        Command command = command();
        return new JobPair.Side(fill(), (connection, _) -> Job.ask(connection, command));
    }

    /// This many elements today, `other` many with the change.
    JobPair against(RangeRead other) {
        return JobPair.of("read a range of a list", side(), other.side());
    }
}
