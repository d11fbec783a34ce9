package io.cachewright.benchmarks.collect;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A [CollectingProcess] that was started, with the launcher's own settings of the JVM.
final class CollectorAtWork implements AutoCloseable {

    private static final long EXIT_SECONDS_MAX = 10;

    private final Process process;
    private final BufferedReader answers;
    private final PrintWriter orders;

    private CollectorAtWork(Process process) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.orders = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    }

    /// @param prefix a command that starts the process in its way, such as `taskset -c 1`; may be empty
    static CollectorAtWork start(String target, List<String> prefix) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), CollectingProcess.class.getName()));
        command.add(target);
        return new CollectorAtWork(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    void collectFor(Duration length) {
        orders.println(length.toMillis());
    }

    CollectingProcess.Spent result() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the collecting process ended");
        }
        return CollectingProcess.Spent.ofLine(line);
    }

    @Override
    public void close() throws IOException {
        orders.close();
        try {
            if (!process.waitFor(EXIT_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
        answers.close();
    }
}
