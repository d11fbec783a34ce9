package io.cachewright.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.Command;
import io.cachewright.lab.wire.WireConnection;
import io.cachewright.optimizer.report.JsonReport;
import io.cachewright.optimizer.report.ReportView;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Profile and size of files, through the command line.
class OfflineFilesTest {

    private static final int BOOKS = 12;
    private static final int QUOTES = 300;
    private static final int LEVELS = 700;

    @TempDir
    private static Path directory;

    private static Path snapshot = Path.of("");

    @BeforeAll
    static void aServerSavesWhatItHolds() throws IOException {
        try (RedisServer server = RedisServer.start(ServerSettings.onUnixSocket());
                WireConnection connection = server.connect()) {
            connection.pipeline(fill()).forEach(reply -> reply.orThrow());
            connection.call("SAVE").orThrow();
            snapshot = Files.copy(server.directory().resolve("dump.rdb"), directory.resolve("dump.rdb"));
        }
    }

    @Test
    void aSnapshotIsProfiledByFamilyWithTheServersOwnTotals() {
        JsonNode view = json("profile", snapshot.toString(), "-o", "json");
        assertThat(view.path("keys").asLong()).isEqualTo(BOOKS + QUOTES);
        assertThat(view.path("expiring").asLong()).isEqualTo(QUOTES);
        assertThat(view.path("checksum").asString()).isEqualTo("verified");
        assertThat(view.path("writer").asString()).startsWith("Redis 7.0");
        assertThat(view.path("families")
                        .valueStream()
                        .map(family -> family.path("pattern").asString()))
                .contains("quote:<I>:<n>");
        assertThat(view.path("biggestKeys").path(0).path("encoding").asString()).isEqualTo("hashtable");
    }

    @Test
    void theProfileOfASnapshotReadsWellInATerminalAndAsAPage() {
        CommandLineRun text = CommandLineRun.of("profile", snapshot.toString());
        assertThat(text.status()).as(text.err()).isZero();
        assertThat(text.out()).contains("Memory by key family", "By type and encoding", "Biggest keys");
        CommandLineRun page = CommandLineRun.of("profile", snapshot.toString(), "-o", "html");
        assertThat(page.out())
                .contains("class=\"treemap\"", "prefers-color-scheme: dark")
                .doesNotContain("<script");
    }

    @Test
    void everyKeyIsExported() throws IOException {
        Path keys = directory.resolve("keys.csv");
        CommandLineRun run = CommandLineRun.of("profile", snapshot.toString(), "--export", keys.toString());
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(Files.readAllLines(keys)).hasSize(1 + BOOKS + QUOTES).anyMatch(line -> line.contains("book:0:bids"));
    }

    @Test
    void anotherEncodingLimitIsMeasuredWithItsPrice() {
        JsonNode view = json("size", snapshot.toString(), "--budget", "12s", "-o", "json");
        assertThat(view.path("servers").size()).isGreaterThan(3);
        JsonNode raised = view.path("encodings")
                .valueStream()
                .filter(one -> one.path("parameter").asString().equals("hash-max-listpack-entries"))
                .findFirst()
                .orElseThrow();
        assertThat(raised.path("from").asString()).isEqualTo("512");
        assertThat(raised.path("to").asString()).isEqualTo("1024");
        assertThat(raised.path("memoryChange").asDouble()).isNegative();
        assertThat(raised.path("after")
                        .path("encodings")
                        .path(0)
                        .path("encoding")
                        .asString())
                .isEqualTo("listpack");
    }

    @Test
    void monitorOutputIsProfiledWithItsHottestKeys() throws IOException {
        Path monitor = directory.resolve("monitor.log");
        Files.writeString(monitor, monitor());
        JsonNode profile = json("profile", monitor.toString(), "-o", "json");
        assertThat(profile.path("commands").asInt()).isEqualTo(2_000);
        assertThat(profile.path("hotByRequests").path(0).path("key").asString()).isEqualTo("quote:BTCUSD");
    }

    @Test
    void whatIsWrongWithTheKeysOfASnapshotIsFoundAndPlanned() {
        CommandLineRun run = CommandLineRun.of("diagnose", snapshot.toString(), "-o", "json", "--fail-on", "high");
        assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.FINDINGS.code());
        ReportView view = JsonReport.read(run.out(), "diagnosis");
        assertThat(view.notes()).extracting(ReportView.Note::rule).contains("TRD-B8");
        assertThat(view.coverage())
                .filteredOn(checked -> checked.verdict().equals("found"))
                .hasSameSizeAs(view.notes());
        assertThat(view.servers())
                .singleElement()
                .asString()
                .startsWith("Redis 7.0.")
                .endsWith(" at " + snapshot);
        assertThat(view.coverage())
                .filteredOn(checked -> checked.verdict().equals("unknown"))
                .allSatisfy(checked -> assertThat(checked.detail()).startsWith("a snapshot does not tell "));
        JsonNode plan = json("plan", snapshot.toString(), "-o", "json");
        assertThat(plan.path("recommendations")
                        .valueStream()
                        .map(one -> one.path("rule").asString()))
                .contains("TRD-B8");
    }

    @Test
    void whatIsWrongWithTheCommandsOfACaptureIsFound() throws IOException {
        Path monitor = directory.resolve("diagnosed.log");
        Files.writeString(monitor, monitor());
        CommandLineRun run = CommandLineRun.of("diagnose", monitor.toString(), "--fail-on", "high");
        assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.FINDINGS.code());
        assertThat(run.out())
                .contains("CAP-B8", "a capture of commands does not tell what a server counts (INFO)")
                .doesNotContain("61686.25");
    }

    @Test
    void anAccessTraceIsProfiledAndCannotBeWrong() throws IOException {
        Path trace = directory.resolve("accesses.csv");
        Files.writeString(trace, "time,key,op,size,ttl\n1.0,quote:BTCUSD,write,64,60\n2.5,quote:BTCUSD,read,64,\n");
        JsonNode profile = json("profile", trace.toString(), "-o", "json");
        assertThat(profile.path("accesses").asInt()).isEqualTo(2);
        assertThat(profile.path("hottest").path(0).path("key").asString()).isEqualTo("quote:BTCUSD");
        CommandLineRun run = CommandLineRun.of("diagnose", trace.toString());
        assertThat(run.status()).isEqualTo(ExitStatus.USAGE.code());
        assertThat(run.err()).contains("is an access trace");
    }

    @Test
    void binaryKeysAreReadByTheNameOfTheirForm() throws IOException {
        Path keys = file(
                "keys.bin",
                ByteBuffer.allocate(24)
                        .putLong(7)
                        .putLong(20_240_101)
                        .putLong(7)
                        .array());
        JsonNode profile = json("profile", keys.toString(), "--keys-as", "int64-be", "-o", "json");
        assertThat(profile.path("keys").asInt()).isEqualTo(2);
        CommandLineRun run = CommandLineRun.of("profile", keys.toString(), "--keys-as", "INT64");
        assertThat(run.status()).isEqualTo(ExitStatus.USAGE.code());
        assertThat(run.err()).contains("'INT64' is no form of keys; known are int64-be");
    }

    @Test
    void aSnapshotOrCaptureThatIsCutOrDamagedGivesOneLine() throws IOException {
        byte[] whole = Files.readAllBytes(snapshot);
        refused(file("cut.rdb", Arrays.copyOf(whole, whole.length / 2)), "cut.rdb");
        whole[whole.length / 2] ^= 1;
        refused(file("flipped.rdb", whole), "flipped.rdb");
        refused(file("cut.pcap", new byte[] {(byte) 0xd4, (byte) 0xc3, (byte) 0xb2, (byte) 0xa1, 2, 0}), "cut.pcap");
    }

    private static void refused(Path file, String words) {
        refused(CommandLineRun.of("size", file.toString(), "--budget", "1s"), words);
        refused(CommandLineRun.of("diagnose", file.toString()), words);
    }

    private static void refused(CommandLineRun run, String words) {
        assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.USAGE.code());
        assertThat(run.err()).contains(words).doesNotContain("\tat ").doesNotContain("Exception");
        assertThat(run.err().lines().filter(line -> line.startsWith("cachewright: ")))
                .hasSize(1);
        assertThat(run.out()).isEmpty();
    }

    private static Path file(String name, byte[] content) throws IOException {
        return Files.write(directory.resolve(name), content);
    }

    private static JsonNode json(String... arguments) {
        CommandLineRun run = CommandLineRun.of(arguments);
        assertThat(run.status()).as(run.err()).isZero();
        return JsonMapper.builder().build().readTree(run.out());
    }

    private static List<Command> fill() {
        List<Command> commands = new ArrayList<>();
        for (int book = 0; book < BOOKS; book++) {
            List<String> arguments = new ArrayList<>(List.of("HSET", "book:" + book + ":bids"));
            IntStream.range(0, LEVELS).forEach(level -> {
                arguments.add("61" + (100_000 + level));
                arguments.add("0.4" + level % 10);
            });
            commands.add(Command.of(arguments.toArray(String[]::new)));
        }
        for (int quote = 0; quote < QUOTES; quote++) {
            commands.add(Command.of("SET", "quote:BTCUSD:" + quote, "61686.25:0.4", "EX", "3600"));
        }
        return commands;
    }

    private static String monitor() {
        return "OK\n"
                + IntStream.range(0, 2_000)
                        .mapToObj(i -> String.format(
                                        Locale.ROOT,
                                        "17957030%02d.%06d [0 127.0.0.1:%d] ",
                                        i / 100,
                                        i % 100 * 10_000,
                                        40_000 + i % 3)
                                + (i % 2 == 0
                                        ? "\"GET\" \"quote:" + (i % 4 == 0 ? "BTCUSD" : "ETHUSD") + "\""
                                        : "\"SET\" \"quote:X" + i % 40 + "\" \"61686.25\""))
                        .collect(Collectors.joining("\n"))
                + "\n";
    }
}
