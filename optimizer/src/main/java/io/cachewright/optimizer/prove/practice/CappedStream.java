package io.cachewright.optimizer.prove.practice;

import com.google.auto.service.AutoService;
import io.cachewright.lab.wire.Command;
import io.cachewright.optimizer.advice.Practice;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// A trade joins the tape: a JSON document in a sorted set that only grows, or an entry of a stream that is capped.
@AutoService(PracticeTrial.class)
public final class CappedStream implements PracticeTrial {

    /// A busy instrument prints so many trades in minutes.
    private static final int CAP = 1_000;

    private static final long FIRST_MILLIS = 1_700_000_000_000L;

    @Override
    public Practice practice() {
        return Practice.CAPPED_STREAM;
    }

    @Override
    public JobPair jobs(Sizes sizes) {
        Size trades = sizes.of("elements", 20_000, 100_000);
        List<Command> tape = new ArrayList<>();
        IntStream.range(0, trades.value()).forEach(i -> tape.add(inSortedSet(i - trades.value())));
        List<Command> stream = new ArrayList<>();
        IntStream.range(0, trades.value()).forEach(i -> stream.add(inStream(i)));
        return JobPair.of(
                "append a trade to a tape of " + trades + " so far",
                new JobPair.Side(tape, (connection, number) -> Job.ask(connection, inSortedSet(number))),
                new JobPair.Side(stream, (connection, number) -> Job.ask(connection, inStream(number))));
    }

    private static Command inSortedSet(int number) {
        String json = "{\"id\":" + number + ",\"price\":\"" + price(number) + "\",\"qty\":\"" + Payload.quantity(number)
                + "\",\"side\":\"buy\",\"ts\":" + (FIRST_MILLIS + number) + "}";
        return Command.of("ZADD", "trades", Long.toString(FIRST_MILLIS + number), json);
    }

    private static Command inStream(int number) {
        return Command.of(
                "XADD",
                "trades",
                "MAXLEN",
                "~",
                Integer.toString(CAP),
                "*",
                "id",
                Integer.toString(number),
                "price",
                price(number),
                "qty",
                Payload.quantity(number),
                "side",
                "buy");
    }

    private static String price(int number) {
        return Payload.price(true, Math.floorMod(number, 100));
    }
}
