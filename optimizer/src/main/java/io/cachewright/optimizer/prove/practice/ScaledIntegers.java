package io.cachewright.optimizer.prove.practice;

import com.google.auto.service.AutoService;
import io.cachewright.lab.wire.Command;
import io.cachewright.optimizer.advice.Practice;
import java.util.List;
import java.util.stream.IntStream;

/// A position changes by a fill: INCRBYFLOAT on a decimal text, or INCRBY on a whole number of the smallest unit.
@AutoService(PracticeTrial.class)
public final class ScaledIntegers implements PracticeTrial {

    private static final int POSITIONS = 1_000;

    @Override
    public Practice practice() {
        return Practice.SCALED_INTEGERS;
    }

    @Override
    public JobPair jobs(Sizes sizes) {
        Size keys = sizes.of("keys", POSITIONS, 20_000);
        return JobPair.of(
                "add a fill to one of " + keys,
                new JobPair.Side(
                        fill(keys.value(), false),
                        (connection, number) -> Job.ask(
                                connection, "INCRBYFLOAT", key(number, keys.value()), Payload.quantity(number))),
                new JobPair.Side(
                        fill(keys.value(), true),
                        (connection, number) -> Job.ask(
                                connection,
                                "INCRBY",
                                key(number, keys.value()),
                                Long.toString(Payload.units(number)))));
    }

    private static List<Command> fill(int keys, boolean isScaled) {
        return IntStream.range(0, keys)
                .mapToObj(i -> Command.of(
                        "SET", key(i, keys), isScaled ? Long.toString(Payload.units(i)) : Payload.quantity(i)))
                .toList();
    }

    private static String key(int number, int keys) {
        return "position:" + Math.floorMod(number, keys);
    }
}
