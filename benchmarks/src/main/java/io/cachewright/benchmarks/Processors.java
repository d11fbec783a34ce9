package io.cachewright.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Which processors a process runs on, and whether they sleep when they have nothing to do.
public final class Processors implements AutoCloseable {

    /// Longer than any benchmark takes: whatever happens to it, nothing is left behind.
    private static final String AWAKE_SECONDS_MAX = "900";

    private final List<Process> idlers;

    private Processors(List<Process> idlers) {
        this.idlers = idlers;
    }

    /// Puts a running process, with all its threads, on one processor.
    public static void bind(long pid, int processor) throws IOException, InterruptedException {
        Process taskset = new ProcessBuilder(
                        "taskset", "-a", "-p", "-c", Integer.toString(processor), Long.toString(pid))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (taskset.waitFor() != 0) {
            throw new IOException("taskset cannot bind process " + pid + " to processor " + processor);
        }
    }

    /// Keeps so many processors from halting until it is closed, by loops that run only where nothing else wants to: as
    /// hosts do that are tuned for latency (`idle=poll`).
    public static Processors keptAwake(int processors) throws IOException {
        List<Process> idlers = new ArrayList<>();
        for (int processor = 0; processor < processors; processor++) {
            idlers.add(new ProcessBuilder(
                            "timeout",
                            AWAKE_SECONDS_MAX,
                            "taskset",
                            "-c",
                            Integer.toString(processor),
                            "chrt",
                            "--idle",
                            "0",
                            "sh",
                            "-c",
                            "while :; do :; done")
                    .start());
        }
        return new Processors(idlers);
    }

    @Override
    public void close() {
        // What `timeout` is told, it tells the loop.
        idlers.forEach(Process::destroy);
    }
}
