package io.cachewright.optimizer.prove;

import io.cachewright.lab.server.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Gives the servers one core and ourselves the others, where the operating system lets us (Linux, with `taskset`).
///
/// Left alone, the scheduler puts one of the two servers beside the client for seconds and the other not: on two cores
/// the server time of two identical runs then differs by 80 %, bound to cores by 3 %.
final class Cores {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path THREADS = Path.of("/proc/self/task");
    private static final long TASKSET_SECONDS_MAX = 5;

    private Cores() {}

    /// Binds servers with all their threads to the last core that we may use; false when that is not possible here.
    static boolean bindServers(RedisServer... servers) {
        OptionalInt last = lastCore();
        return last.isPresent()
                && Stream.of(servers)
                        .allMatch(server -> taskset(
                                "-a", "-p", "-c", Integer.toString(last.getAsInt()), Long.toString(server.pid())));
    }

    /// Keeps the current thread, and those that it starts from now on, off that core.
    static boolean bindThisThreadElsewhere() {
        OptionalInt last = lastCore();
        if (last.isEmpty()) {
            return false;
        }
        // The kernel knows our thread by the first 15 bytes of its name only, so it gets one that no other has.
        Thread thread = Thread.currentThread();
        String name = thread.getName();
        String mark = "cw" + Long.toString(System.nanoTime() & 0xffff_ffffL, 36);
        thread.setName(mark);
        try (Stream<Path> tasks = Files.list(THREADS)) {
            return tasks.filter(task -> mark.equals(comm(task)))
                    .findFirst()
                    .map(task -> taskset(
                            "-p",
                            "-c",
                            "0-" + (last.getAsInt() - 1),
                            task.getFileName().toString()))
                    .orElse(false);
        } catch (IOException e) {
            return false;
        } finally {
            thread.setName(name);
        }
    }

    private static String comm(Path task) {
        try {
            return Files.readString(task.resolve("comm")).strip();
        } catch (IOException _) {
            return "";
        }
    }

    /// Empty unless there are two cores or more, as the list of the kernel says: `0-1`, `0,2-3`.
    private static OptionalInt lastCore() {
        if (!Files.isReadable(STATUS)) {
            return OptionalInt.empty();
        }
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith("Cpus_allowed_list:"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .filter(list -> list.contains("-") || list.contains(","))
                    .mapToInt(list ->
                            Integer.parseInt(list.substring(list.lastIndexOf(list.contains(",") ? ',' : '-') + 1)
                                    .replaceAll(".*-", "")))
                    .findFirst();
        } catch (IOException _) {
            return OptionalInt.empty();
        }
    }

    private static boolean taskset(String... arguments) {
        String[] command =
                Stream.concat(Stream.of("taskset"), Stream.of(arguments)).toArray(String[]::new);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(TASKSET_SECONDS_MAX, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
