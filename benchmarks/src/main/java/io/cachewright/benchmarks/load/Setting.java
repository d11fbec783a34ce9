package io.cachewright.benchmarks.load;

import io.cachewright.lab.load.CommandMix;
import io.cachewright.lab.wire.Command;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What each generator sends in one comparison; all else is the same in all of them.
record Setting(String command, int pipelineDepth) {

    static final int CONNECTIONS = 50;
    static final int VALUE_BYTES = 100;
    static final int KEYS = 10_000;

    static List<Setting> all() {
        return List.of(new Setting("SET", 1), new Setting("GET", 1), new Setting("SET", 16), new Setting("GET", 16));
    }

    /// The command on a key drawn at random, under the names that the peers use.
    CommandMix mix() {
        String value = "x".repeat(VALUE_BYTES);
        CommandMix.Drawn[] drawn = new CommandMix.Drawn[KEYS];
        Arrays.setAll(drawn, key -> {
            String name = String.format(Locale.ROOT, "key:%012d", key);
            Command full = command.equals("SET") ? Command.of("SET", name, value) : Command.of("GET", name);
            return new CommandMix.Drawn(command, full);
        });
        return random -> drawn[random.nextInt(KEYS)];
    }

    @Override
    public String toString() {
        return command + ", P=" + pipelineDepth;
    }
}
