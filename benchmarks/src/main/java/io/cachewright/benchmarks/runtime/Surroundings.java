package io.cachewright.benchmarks.runtime;

import io.cachewright.benchmarks.Processors;
import io.cachewright.lab.server.RedisServer;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where server and clients run while they are measured, as the arguments of a benchmark say: `SHARED` (all
/// processors for both, the default) or `APART` (the server on the second processor, the clients on the first, as if
/// they were two machines), and `AWAKE` for processors that do not halt.
final class Surroundings implements AutoCloseable {

    static final String ARGUMENTS = "SHARED|APART [AWAKE]";

    private static final String APART = "APART";
    private static final String AWAKE = "AWAKE";

    private final @Nullable Processors awake;
    private final String described;

    private Surroundings(@Nullable Processors awake, String described) {
        this.awake = awake;
        this.described = described;
    }

    /// Binds this process too, which must not have started its clients yet.
    static Surroundings of(List<String> arguments, RedisServer server) throws IOException, InterruptedException {
        for (String argument : arguments) {
            if (!List.of("SHARED", APART, AWAKE).contains(argument)) {
                throw new IllegalArgumentException("arguments are " + ARGUMENTS + ", not " + argument);
            }
        }
        boolean isAwake = arguments.contains(AWAKE);
        // Before this process is bound to one of them.
        int processors = Runtime.getRuntime().availableProcessors();
        if (arguments.contains(APART)) {
            Processors.bind(server.pid(), 1);
            Processors.bind(ProcessHandle.current().pid(), 0);
        }
        String described = String.format(
                Locale.ROOT,
                "%s; processors %s",
                arguments.contains(APART)
                        ? "the server on a processor of its own"
                        : "server and clients share the processors",
                isAwake ? "do not halt" : "halt when idle");
        return new Surroundings(isAwake ? Processors.keptAwake(processors) : null, described);
    }

    @Override
    public void close() {
        if (awake != null) {
            awake.close();
        }
    }

    @Override
    public String toString() {
        return described;
    }
}
