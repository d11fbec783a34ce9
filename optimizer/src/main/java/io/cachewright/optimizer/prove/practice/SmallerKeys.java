package io.cachewright.optimizer.prove.practice;

import com.google.auto.service.AutoService;
import io.cachewright.lab.wire.Command;
import io.cachewright.optimizer.advice.Practice;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// One account's part of a big hash is read: all of it is fetched, or the bucket that holds the account.
@AutoService(PracticeTrial.class)
public final class SmallerKeys implements PracticeTrial {

    private static final int FIELDS_PER_BUCKET = 100;

    @Override
    public Practice practice() {
        return Practice.SMALLER_KEYS;
    }

    @Override
    public JobPair jobs(Sizes sizes) {
        Size elements = sizes.of("elements", 5_000, 50_000);
        int buckets = Math.max(1, elements.value() / FIELDS_PER_BUCKET);
        List<Command> inOne = new ArrayList<>();
        List<Command> inBuckets = new ArrayList<>();
        IntStream.range(0, elements.value()).forEach(i -> {
            inOne.add(Command.of("HSET", "positions", "account-" + i, Payload.quantity(i)));
            inBuckets.add(Command.of("HSET", bucket(i, buckets), "account-" + i, Payload.quantity(i)));
        });
        return JobPair.of(
                "read a page of positions out of " + elements,
                new JobPair.Side(inOne, (connection, _) -> Job.ask(connection, "HGETALL", "positions")),
                new JobPair.Side(
                        inBuckets, (connection, number) -> Job.ask(connection, "HGETALL", bucket(number, buckets))));
    }

    private static String bucket(int number, int buckets) {
        return "positions:" + Math.floorMod(number, buckets);
    }
}
