package io.cachewright.optimizer.prove.practice;

import com.google.auto.service.AutoService;
import io.cachewright.lab.wire.Command;
import io.cachewright.optimizer.advice.Practice;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Which instruments have a book: KEYS walks through every key of the server, a registry set just names them.
@AutoService(PracticeTrial.class)
public final class KeyRegistry implements PracticeTrial {

    private static final int INSTRUMENTS = 50;

    @Override
    public Practice practice() {
        return Practice.KEY_REGISTRY;
    }

    @Override
    public JobPair jobs(Sizes sizes) {
        Size keys = sizes.of("keys", 20_000, 100_000);
        List<Command> fill = new ArrayList<>();
        IntStream.range(0, INSTRUMENTS).forEach(i -> fill.add(Command.of("SET", "book:" + i, "1")));
        IntStream.range(0, keys.value()).forEach(i -> fill.add(Command.of("SET", "order:" + i, "1")));
        List<Command> withRegistry = new ArrayList<>(fill);
        withRegistry.add(Command.of(Stream.concat(
                        Stream.of("SADD", "books"),
                        IntStream.range(0, INSTRUMENTS).mapToObj(i -> "book:" + i))
                .toArray(String[]::new)));
        return JobPair.of(
                "list " + INSTRUMENTS + " books among " + keys,
                new JobPair.Side(fill, (connection, _) -> Job.ask(connection, "KEYS", "book:*")),
                new JobPair.Side(withRegistry, (connection, _) -> Job.ask(connection, "SMEMBERS", "books")));
    }
}
