package io.cachewright.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.Command;
import io.cachewright.lab.wire.WireConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Bad input gets one clear line, the right exit status and no stack trace.
class BadInputTest {

    @TempDir
    private Path directory;

    @Test
    void nothingListening() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        expect(CommandLineRun.of("plan", "redis://127.0.0.1:" + port), ExitStatus.UNREACHABLE, "nothing listens");
    }

    @Test
    void aWrongPasswordThatIsNeverRepeated() {
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp().withPassword("right-horse"))) {
            String uri = "redis://:wrong-battery@127.0.0.1:" + server.port().orElseThrow();
            CommandLineRun run = CommandLineRun.of("plan", uri);
            expect(run, ExitStatus.UNREACHABLE, "password");
            assertThat(run.out() + run.err()).doesNotContain("wrong-battery");
        }
    }

    @Test
    void aPasswordFromTheEnvironmentAppearsNowhere() {
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp().withPassword("right-horse"))) {
            CommandLineRun run = CommandLineRun.in(
                    Map.of("CACHEWRIGHT_PASSWORD", "right-horse"),
                    "collect",
                    "redis://127.0.0.1:" + server.port().orElseThrow(),
                    "--window",
                    "1s",
                    "-f",
                    directory.resolve("e.zip").toString());
            assertThat(run.status()).as(run.err()).isZero();
            assertThat(run.out() + run.err()).doesNotContain("right-horse");
        }
    }

    @Test
    void tlsWhereTheServerSpeaksPlain() {
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp())) {
            expect(
                    CommandLineRun.of(
                            "plan", "rediss://127.0.0.1:" + server.port().orElseThrow()),
                    ExitStatus.UNREACHABLE,
                    "TLS");
        }
    }

    @Test
    void aUserWithoutConfigAndInfoMakesUnknownsAndNotFailures() {
        ServerSettings settings = ServerSettings.onTcp().adding("user", "looker on >seen ~* &* +@all -config -info");
        try (RedisServer server = RedisServer.start(settings)) {
            CommandLineRun run = CommandLineRun.in(
                    Map.of("CACHEWRIGHT_PASSWORD", "seen"),
                    "plan",
                    "redis://looker@127.0.0.1:" + server.port().orElseThrow(),
                    "--window",
                    "1s");
            assertThat(run.status()).as(run.err()).isZero();
            assertThat(run.out()).contains("CONFIG GET is not permitted").contains("judgements could not be made");
        }
    }

    @Test
    void aBundleCutShort() throws IOException {
        Path bundle = directory.resolve("cut.zip");
        Files.write(bundle, new byte[] {'P', 'K', 3, 4, 20, 0, 0, 0});
        expect(CommandLineRun.of("plan", bundle.toString()), ExitStatus.USAGE, "cut.zip");
    }

    @Test
    void aBundleFromANewerVersion() throws IOException {
        Path bundle = directory.resolve("newer.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(bundle))) {
            zip.putNextEntry(new ZipEntry("manifest.json"));
            zip.write("{\"format\":999,\"tool\":\"9.0\",\"created\":\"2030-01-01T00:00:00Z\",\"entries\":{}}"
                    .getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
        expect(CommandLineRun.of("plan", bundle.toString()), ExitStatus.USAGE, "newer version");
    }

    @Test
    void aServerThatIsStillLoading() throws IOException {
        Path dump = directory.resolve("dump.rdb");
        try (RedisServer full = RedisServer.start(ServerSettings.onTcp());
                WireConnection filler = full.connect()) {
            filler.pipelineAll(
                    IntStream.range(0, 20_000)
                            .mapToObj(i -> Command.of("SET", "k" + i, "v"))
                            .iterator(),
                    _ -> {});
            filler.call("SAVE").orThrow();
            Files.copy(full.directory().resolve("dump.rdb"), dump);
        }
        // Two milliseconds a key: loading lasts far longer than this test.
        ServerSettings slow = ServerSettings.onTcp()
                .with("key-load-delay", "2000")
                .with("loading-process-events-interval-bytes", "1024");
        ServerSettings loading = new ServerSettings(
                slow.directives(), slow.transport(), Map.of("dump.rdb", dump), false, false, slow.startTimeout());
        try (RedisServer server = RedisServer.start(loading)) {
            CommandLineRun run = CommandLineRun.of(
                    "plan", "redis://127.0.0.1:" + server.port().orElseThrow());
            expect(run, ExitStatus.UNREACHABLE, "loading its data set");
        }
    }

    @Test
    void aRequirementsFileWithAnUnknownKeySaysWhichAndWhere() throws IOException {
        Path file = directory.resolve("needs.yaml");
        Files.writeString(file, "rpo: 0s\nlatency-bugdet: 1ms\n");
        CommandLineRun run = CommandLineRun.of("plan", "redis://127.0.0.1:1", "-r", file.toString());
        expect(run, ExitStatus.USAGE, "latency-bugdet");
        assertThat(run.err()).contains("line 2").contains("latency-budget");
    }

    @Test
    void anUnknownOption() {
        expect(CommandLineRun.of("plan", "--colour"), ExitStatus.USAGE, "--colour");
    }

    @Test
    void noTarget() {
        expect(CommandLineRun.of("plan"), ExitStatus.USAGE, "TARGET");
    }

    @Test
    void everyVerbExplainsItselfWithAnExample() {
        for (String verb : new String[] {"optimize", "collect", "profile", "diagnose", "plan", "prove", "apply"}) {
            CommandLineRun run = CommandLineRun.of(verb, "--help");
            assertThat(run.status()).isZero();
            assertThat(run.out())
                    .contains("Example")
                    .contains("cachewright " + verb)
                    .contains("Exit status:");
        }
    }

    private static void expect(CommandLineRun run, ExitStatus status, String words) {
        assertThat(run.status()).as(run.err()).isEqualTo(status.code());
        assertThat(run.err()).contains(words).doesNotContain("\tat ").doesNotContain("Exception");
        assertThat(run.err().lines().filter(line -> line.startsWith("cachewright: ")))
                .isNotEmpty();
        assertThat(run.out()).isEmpty();
    }
}
