package io.cachewright.lab.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.lab.wire.Command;
import io.cachewright.lab.wire.WireConnection;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A program that started a server and dies leaves neither the server, nor its directory, nor the unpacked binary.
class SuddenDeathTest {

    /// It takes a moment: this is more than a busy machine needs.
    private static final Duration GONE_WITHIN = Duration.ofSeconds(30);

    /// The program that dies.
    static final class Victim {

        private Victim() {}

        public static void main(String[] arguments) throws InterruptedException {
            RedisServer server = RedisServer.start(ServerSettings.onUnixSocket());
            try (WireConnection connection = server.connect()) {
                connection.pipelineAll(
                        IntStream.range(0, 2_000)
                                .mapToObj(i -> Command.of("SET", "k" + i, "v"))
                                .iterator(),
                        reply -> reply.orThrow());
                // A fork child that would write for minutes.
                connection.call("CONFIG", "SET", "rdb-key-save-delay", "100000").orThrow();
                connection.call("BGSAVE").orThrow();
            }
            System.out.println(server.pid() + " " + server.directory() + " "
                    + server.binary().path().getParent());
            Thread.sleep(Duration.ofMinutes(1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"KILL", "TERM", "INT"})
    void aKilledProgramLeavesNeitherServerNorFiles(String signal) throws IOException, InterruptedException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", ""));
        Process victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home", ""), "bin", "java")
                                .toString(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        Victim.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = victim.inputReader()) {
            String line = output.readLine();
            assertThat(line).isNotNull();
            String[] words = line.split(" ");
            ProcessHandle server = ProcessHandle.of(Long.parseLong(words[0])).orElseThrow();
            List<ProcessHandle> saving = server.descendants().toList();
            Path directory = Path.of(words[1]);
            Path unpacked = Path.of(words[2]);
            assertThat(directory).isDirectory();
            assertThat(unpacked).isDirectory();
            assertThat(saving).hasSize(1);

            assertThat(new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + victim.pid())
                            .start()
                            .waitFor())
                    .isZero();
            victim.waitFor();

            long deadline = System.nanoTime() + GONE_WITHIN.toNanos();
            while (System.nanoTime() - deadline < 0
                    && (server.isAlive()
                            || saving.getFirst().isAlive()
                            || Files.exists(directory)
                            || Files.exists(unpacked))) {
                Thread.sleep(5);
            }
            assertThat(server.isAlive()).as("the server").isFalse();
            assertThat(saving.getFirst().isAlive()).as("its saving child").isFalse();
            assertThat(directory).doesNotExist();
            assertThat(unpacked).doesNotExist();
        } finally {
            victim.destroyForcibly();
        }
    }
}
