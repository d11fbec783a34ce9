package io.cachewright.optimizer.prove.practice;

import com.google.auto.service.AutoService;
import io.cachewright.lab.wire.Command;
import io.cachewright.optimizer.advice.Practice;
import java.util.List;
import java.util.stream.IntStream;

/// A burst of ticks is stored: each in its own round trip, or all in one pipeline.
@AutoService(PracticeTrial.class)
public final class PipelineWrites implements PracticeTrial {

    private static final int INSTRUMENTS = 1_000;

    @Override
    public Practice practice() {
        return Practice.PIPELINE_WRITES;
    }

    @Override
    public JobPair jobs(Sizes sizes) {
        Size ticks = sizes.of("changesPerBatch", 20, 200);
        Size bytes = sizes.of("bytes", 80, 4_096);
        String payload = Payload.text(1, bytes.value());
        return JobPair.of(
                "store a burst of " + ticks + ", each of " + bytes,
                new JobPair.Side(List.of(), (connection, number) -> {
                    for (Command tick : burst(number, ticks.value(), payload)) {
                        Job.ask(connection, tick);
                    }
                }),
                new JobPair.Side(
                        List.of(),
                        (connection, number) -> Job.askAll(connection, burst(number, ticks.value(), payload))));
    }

    private static List<Command> burst(int number, int ticks, String payload) {
        return IntStream.range(0, ticks)
                .mapToObj(i -> Command.of("SET", "tick:" + Math.floorMod(number + i, INSTRUMENTS), payload))
                .toList();
    }
}
