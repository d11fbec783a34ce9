package io.cachewright.optimizer.prove.practice;

import com.google.auto.service.AutoService;
import io.cachewright.lab.wire.Command;
import io.cachewright.optimizer.advice.Practice;
import java.util.List;

/// A value with a lifetime: SET and then PEXPIRE, with a moment between them in which it would live for ever, or one
/// SET with PX.
@AutoService(PracticeTrial.class)
public final class SetWithTtl implements PracticeTrial {

    private static final int KEYS = 1_000;

    /// Far longer than a proof, so that nothing expires within it.
    private static final String MILLIS = "3600000";

    @Override
    public Practice practice() {
        return Practice.SET_WITH_TTL;
    }

    @Override
    public JobPair jobs(Sizes sizes) {
        Size bytes = sizes.of("bytes", 120, 16_384);
        String payload = Payload.text(1, bytes.value());
        return JobPair.of(
                "store a value of " + bytes + " with its lifetime",
                new JobPair.Side(List.of(), (connection, number) -> {
                    Job.ask(connection, "SET", key(number), payload);
                    Job.ask(connection, "PEXPIRE", key(number), MILLIS);
                }),
                new JobPair.Side(
                        List.of(),
                        (connection, number) ->
                                Job.ask(connection, Command.of("SET", key(number), payload, "PX", MILLIS))));
    }

    private static String key(int number) {
        return "session:" + Math.floorMod(number, KEYS);
    }
}
