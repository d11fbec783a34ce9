package io.cachewright.benchmarks.snapshot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a whole process took.
///
/// @param residentBytes most at any time, as sampled; Linux only, else 0
record TimedProcess(double wallSeconds, double processorSeconds, long residentBytes) {

    private static final long SAMPLE_MILLIS = 5;
    private static final Pattern HIGH_WATER = Pattern.compile("VmHWM:\\s+(\\d+) kB");

    /// The shell tells the processor time of its child to the ms.
    private static final String TIMED = "TIMEFORMAT='%R %U %S'; time \"$@\" >/dev/null 2>&1";

    static TimedProcess run(List<String> command) throws IOException, InterruptedException {
        List<String> timed = new ArrayList<>(List.of("bash", "-c", TIMED, "timed"));
        timed.addAll(command);
        Process shell = new ProcessBuilder(timed)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        long resident = 0;
        while (shell.isAlive()) {
            for (ProcessHandle child : shell.descendants().toList()) {
                resident = Math.max(resident, residentBytes(child.pid()));
            }
            Thread.sleep(SAMPLE_MILLIS);
        }
        String said = new String(shell.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (shell.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + " failed: " + said);
        }
        String[] seconds = said.split(" ");
        return new TimedProcess(
                Double.parseDouble(seconds[0]),
                Double.parseDouble(seconds[1]) + Double.parseDouble(seconds[2]),
                resident);
    }

    /// The most that a process had in memory so far.
    static long residentBytes(long process) throws IOException {
        try {
            Matcher line = HIGH_WATER.matcher(Files.readString(Path.of("/proc/" + process + "/status")));
            return line.find() ? Long.parseLong(line.group(1)) * 1024 : 0;
        } catch (NoSuchFileException _) {
            return 0;
        } catch (IOException ended) {
            // Reading of a process that ends meanwhile fails in other ways, too.
            return 0;
        }
    }
}
