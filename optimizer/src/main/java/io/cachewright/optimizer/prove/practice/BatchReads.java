package io.cachewright.optimizer.prove.practice;

import com.google.auto.service.AutoService;
import io.cachewright.lab.wire.Command;
import io.cachewright.optimizer.advice.Practice;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A screen of quotes: one GET after the other, or one MGET.
@AutoService(PracticeTrial.class)
public final class BatchReads implements PracticeTrial {

    /// So many keys exist; each job reads the next few of them.
    private static final int STOCK = 2_000;

    @Override
    public Practice practice() {
        return Practice.BATCH_READS;
    }

    @Override
    public JobPair jobs(Sizes sizes) {
        Size keys = sizes.of("keys", 20, 100);
        Size bytes = sizes.of("bytes", 120, 4_096);
        List<Command> fill = IntStream.range(0, STOCK)
                .mapToObj(i -> Command.of("SET", key(i), Payload.text(i, bytes.value())))
                .toList();
        Job oneByOne = (connection, number) -> {
            for (int i = 0; i < keys.value(); i++) {
                Job.ask(connection, "GET", key(number + i));
            }
        };
        Job together = (connection, number) -> Job.ask(
                connection,
                Stream.concat(
                                Stream.of("MGET"),
                                IntStream.range(0, keys.value()).mapToObj(i -> key(number + i)))
                        .toArray(String[]::new));
        return JobPair.of(
                "read " + keys + " of " + bytes, new JobPair.Side(fill, oneByOne), new JobPair.Side(fill, together));
    }

    private static String key(int number) {
        return "quote:" + Math.floorMod(number, STOCK);
    }
}
