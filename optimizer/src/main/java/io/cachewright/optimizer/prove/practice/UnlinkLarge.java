package io.cachewright.optimizer.prove.practice;

import com.google.auto.service.AutoService;
import io.cachewright.lab.wire.Command;
import io.cachewright.optimizer.advice.Practice;
import java.util.ArrayList;
import java.util.List;

/// A large key goes: DEL frees it while all others wait, UNLINK hands it to another thread. Timed is the removal with
/// the rebuilding that both sides need; the difference is what DEL makes others wait.
@AutoService(PracticeTrial.class)
public final class UnlinkLarge implements PracticeTrial {

    private static final int FIELDS_PER_COMMAND = 500;

    @Override
    public Practice practice() {
        return Practice.UNLINK_LARGE;
    }

    @Override
    public JobPair jobs(Sizes sizes) {
        Size elements = sizes.of("elements", 2_000, 20_000);
        List<Command> build = build(elements.value());
        return JobPair.of(
                "build and remove a hash of " + elements,
                new JobPair.Side(List.of(), removing("DEL", build)),
                new JobPair.Side(List.of(), removing("UNLINK", build)));
    }

    private static Job removing(String command, List<Command> build) {
        return (connection, _) -> {
            Job.askAll(connection, build);
            Job.ask(connection, command, "large");
        };
    }

    private static List<Command> build(int elements) {
        List<Command> commands = new ArrayList<>();
        for (int first = 0; first < elements; first += FIELDS_PER_COMMAND) {
            List<String> arguments = new ArrayList<>(List.of("HSET", "large"));
            for (int i = first; i < Math.min(elements, first + FIELDS_PER_COMMAND); i++) {
                arguments.add("field-" + i);
                arguments.add(Payload.text(i, 64));
            }
            commands.add(Command.of(arguments.toArray(String[]::new)));
        }
        return commands;
    }
}
