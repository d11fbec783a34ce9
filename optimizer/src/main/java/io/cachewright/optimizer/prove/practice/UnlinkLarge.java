package io.cachewright.optimizer.prove.practice;

import com.google.auto.service.AutoService;
import io.cachewright.lab.wire.Command;
import io.cachewright.optimizer.advice.Practice;
import java.util.ArrayList;
import java.util.List;

/// A large key goes while another client waits for an answer: DEL frees it before anything else is served, UNLINK hands
/// it to another thread. Both sides copy the key anew each time, so a part of the job is the same.
@AutoService(PracticeTrial.class)
public final class UnlinkLarge implements PracticeTrial {

    private static final int FIELDS_PER_COMMAND = 500;

    private static final int VALUE_BYTES = 64;

    @Override
    public Practice practice() {
        return Practice.UNLINK_LARGE;
    }

    @Override
    public JobPair jobs(Sizes sizes) {
        Size elements = sizes.of("elements", 2_000, 20_000);
        List<Command> fill = fill(elements.value());
        return JobPair.of(
                "remove a copy of a hash of " + elements + ", then read another key",
                new JobPair.Side(fill, removing("DEL")),
                new JobPair.Side(fill, removing("UNLINK")));
    }

    private static Job removing(String command) {
        List<Command> steps =
                List.of(Command.of("COPY", "large", "copy"), Command.of(command, "copy"), Command.of("GET", "small"));
        return (connection, _) -> steps.forEach(step -> Job.ask(connection, step));
    }

    private static List<Command> fill(int elements) {
        List<Command> commands = new ArrayList<>();
        commands.add(Command.of("SET", "small", "1"));
        for (int first = 0; first < elements; first += FIELDS_PER_COMMAND) {
            List<String> arguments = new ArrayList<>(List.of("HSET", "large"));
            for (int i = first; i < Math.min(elements, first + FIELDS_PER_COMMAND); i++) {
                arguments.add("field-" + i);
                arguments.add(Payload.text(i, VALUE_BYTES));
            }
            commands.add(Command.of(arguments.toArray(String[]::new)));
        }
        return commands;
    }
}
