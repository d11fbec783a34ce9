package io.cachewright.benchmarks.load;

import io.cachewright.lab.server.ServerBinaries;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A `redis-benchmark` or `valkey-benchmark` of this machine.
record PeerGenerator(String name, Path program) {

    private static final List<String> NAMES = List.of("redis-benchmark", "valkey-benchmark");
    private static final Pattern RATE = Pattern.compile("([0-9.]+) requests per second");
    private static final long TIMEOUT_SECONDS = 60;

    /// Those on the path, and those among the further servers.
    static List<PeerGenerator> all() throws IOException {
        List<PeerGenerator> found = new ArrayList<>();
        for (String directory : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            for (String name : NAMES) {
                Path program = Path.of(directory, name);
                boolean isKnown = found.stream().anyMatch(peer -> peer.name().equals(name));
                if (Files.isExecutable(program) && !isKnown) {
                    found.add(new PeerGenerator(name, program));
                }
            }
        }
        String further = System.getenv(ServerBinaries.SERVERS_VARIABLE);
        Path bin = Path.of(further == null ? "" : further, "bin");
        if (further != null && Files.isDirectory(bin)) {
            try (var programs = Files.list(bin)) {
                // The newest of the engine whose generator the machine itself does not have.
                programs.filter(program -> program.getFileName().toString().startsWith("valkey-benchmark-"))
                        .sorted()
                        .reduce((_, newest) -> newest)
                        .ifPresent(program -> found.add(
                                new PeerGenerator(program.getFileName().toString(), program)));
            }
        }
        return found;
    }

    /// Requests a second that it reaches.
    double run(int port, Setting setting, long requests) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        program.toString(),
                        "-h",
                        "127.0.0.1",
                        "-p",
                        Integer.toString(port),
                        "-c",
                        Integer.toString(Setting.CONNECTIONS),
                        "-P",
                        Integer.toString(setting.pipelineDepth()),
                        "-d",
                        Integer.toString(Setting.VALUE_BYTES),
                        "-r",
                        Integer.toString(Setting.KEYS),
                        "-t",
                        setting.command().toLowerCase(Locale.ROOT),
                        "-n",
                        Long.toString(requests),
                        "-q")
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        // It overwrites its line as it goes; the last figure is the result.
        double rate = 0;
        Matcher matcher = RATE.matcher(printed);
        while (matcher.find()) {
            rate = Double.parseDouble(matcher.group(1));
        }
        if (rate == 0) {
            throw new IOException(name + " printed no result: " + printed.strip());
        }
        return rate;
    }
}
