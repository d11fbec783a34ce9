package io.cachewright.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program as it is started from a shell, in a process of its own.
class LauncherTest {

    private static final long END_SECONDS_MAX = 60;

    @TempDir
    private Path directory;

    @Test
    void aPasswordInAUriIsNotInTheProcessList() throws IOException, InterruptedException {
        String password = "correct-horse-9%2F";
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp().withPassword("correct-horse-9/"))) {
            String uri = "redis://:" + password + "@127.0.0.1:" + server.port().orElseThrow();
            Process program = start("collect", uri, "--window", "3s", "-f", directory + "/e.zip");
            try (BufferedReader said = program.errorReader(StandardCharsets.UTF_8)) {
                awaitLine(said, "reading INFO");

                assertThat(processList()).contains("io.cachewright.app.Main").doesNotContain("correct-horse-9");
                assertThat(said.lines().toList().toString()).doesNotContain("correct-horse-9");
            }
            assertThat(program.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
            assertThat(program.exitValue()).isZero();
            assertThat(directory.resolve("e.zip")).exists();
        }
    }

    @Test
    void anInterruptLeavesNeitherProcessNorFile() throws IOException, InterruptedException {
        assumeThat(areInterruptsIgnored())
                .as("a shell that starts something in the background has it ignore interrupts, and its children too")
                .isFalse();
        Process program = start("optimize", "--out", directory.resolve("out").toString());
        try (BufferedReader said = program.errorReader(StandardCharsets.UTF_8)) {
            awaitLine(said, "reading INFO");
            List<ProcessHandle> started = program.descendants().toList();
            assertThat(started).isNotEmpty();
            assertThat(filesIn(directory)).as("the server's own").isNotEmpty();

            assertThat(new ProcessBuilder("/bin/sh", "-c", "kill -INT " + program.pid())
                            .start()
                            .waitFor())
                    .isZero();
            assertThat(program.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();

            for (ProcessHandle process : started) {
                process.onExit()
                        .completeOnTimeout(process, END_SECONDS_MAX, TimeUnit.SECONDS)
                        .join();
                assertThat(process.isAlive()).isFalse();
            }
            assertThat(filesIn(directory)).isEmpty();
        }
    }

    @Test
    void notesOfAnotherJvmAreLeftAsideInSilence() throws IOException, InterruptedException {
        Path checkout = Files.createDirectories(directory.resolve("checkout"));
        Path target = Files.createDirectories(checkout.resolve("app/target"));
        Files.createDirectories(checkout.resolve("bin"));
        Path launcher = copy("cachewright", checkout);
        copy("bin/jdk25", checkout);
        writeJar(target.resolve("cachewright.jar"));
        Files.writeString(target.resolve("cachewright.aot"), "notes that no JVM has written");

        ProcessBuilder builder = new ProcessBuilder(launcher.toString(), "--version");
        builder.environment().put("CACHEWRIGHT_SKIP_BUILD", "1");
        Process program = builder.start();

        assertThat(text(program.getInputStream())).contains("cachewright");
        assertThat(text(program.getErrorStream())).isEmpty();
        assertThat(program.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
        assertThat(program.exitValue()).isZero();
    }

    private static Path copy(String file, Path checkout) throws IOException {
        return Files.copy(Path.of("..", file), checkout.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
    }

    /// One that only names the classes of this test's run.
    private static void writeJar(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Stream.of(classPath().split(File.pathSeparator))
                                .map(entry -> Path.of(entry).toUri().toString())
                                .collect(Collectors.joining(" ")));
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    }

    private static String text(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", ""));
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("../cachewright"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("CACHEWRIGHT_SKIP_BUILD", "1");
        builder.environment().put("CACHEWRIGHT_CLASSPATH", classPath());
        builder.environment().put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + directory);
        return builder.start();
    }

    private static void awaitLine(BufferedReader said, String words) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            all.append(line).append('\n');
            if (line.contains(words)) {
                return;
            }
        }
        throw new AssertionError("never said '" + words + "' but\n" + all);
    }

    /// By the mask of ignored signals that the kernel tells; SIGINT is number 2.
    private static boolean areInterruptsIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line ->
                                (Long.parseUnsignedLong(line.substring(8).strip(), 16) & 2) != 0);
    }

    private static String processList() throws IOException {
        Process ps = new ProcessBuilder("ps", "-A", "-ww", "-o", "args").start();
        return new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static List<Path> filesIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
