package io.cachewright.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Sizes caches from files, through the command line.
class SizeTest {

    @TempDir
    private Path directory;

    @Test
    void aTraceTellsTheMemoryForAHitRatioAndWhatElseWouldHappen() throws IOException {
        Path trace = directory.resolve("accesses.csv");
        Files.writeString(trace, trace());
        JsonNode view = json(
                "size",
                trace.toString(),
                "--hit-ratio",
                "50%",
                "--memory",
                "2mb",
                "--price",
                "9.50",
                "--shards",
                "3",
                "--client-cache",
                "50",
                "--ttl",
                "quote:<n>=1s",
                "-o",
                "json");
        assertThat(view.path("workload").path("accesses").asInt()).isEqualTo(5_000);
        assertThat(view.path("curves")
                        .valueStream()
                        .map(curve -> curve.path("policy").asString()))
                .contains("allkeys-lru", "allkeys-lfu", "allkeys-random", "exact LRU", "W-TinyLFU", "S3-FIFO", "SIEVE");
        JsonNode lru = view.path("curves").path(0).path("points");
        assertThat(lru.path(lru.size() - 1).path("hitRatio").asDouble())
                .isGreaterThan(lru.path(0).path("hitRatio").asDouble());
        assertThat(view.path("wanted").path("needs").path(0).path("memoryBytes").asLong())
                .isPositive();
        assertThat(view.path("replayed").size()).isGreaterThanOrEqualTo(3);
        assertThat(view.path("shards").path("shards").size()).isEqualTo(3);
        assertThat(view.path("clientCache")
                        .path("byDefault")
                        .path("localHitShare")
                        .asDouble())
                .isPositive();
        assertThat(view.path("timesToLive")
                        .path(0)
                        .path("after")
                        .path("expiries")
                        .asLong())
                .isPositive();
    }

    @Test
    void monitorOutputIsSized() throws IOException {
        Path monitor = directory.resolve("monitor.log");
        Files.writeString(monitor, monitor());
        JsonNode size = json("size", monitor.toString(), "-o", "json");
        assertThat(size.path("sourceKind").asString()).isEqualTo("MONITOR output");
        assertThat(size.path("workload").path("reads").asInt()).isEqualTo(1_000);
    }

    @Test
    void aSizingReadsWellInATerminalAndAsAPage() throws IOException {
        Path trace = directory.resolve("accesses.csv");
        Files.writeString(trace, trace());
        CommandLineRun text = CommandLineRun.of("size", trace.toString());
        assertThat(text.status()).as(text.err()).isZero();
        assertThat(text.out()).contains("Hit ratio of allkeys-lru", "Hit ratio by maxmemory", "⣀");
        assertThat(text.err()).contains("reading " + trace);
        CommandLineRun page = CommandLineRun.of("size", trace.toString(), "-o", "html");
        assertThat(page.out()).contains("<svg", "prefers-color-scheme: dark").doesNotContain("<script");
    }

    @Test
    void whatCannotBeReadIsToldInOneLine() throws IOException {
        refused(file("empty", ""), "is empty");
        refused(file("noise", "no such thing"), "none of the known kinds");
        refused(file("empty.csv", "time,key\n"), "no read");
        refused(file("bad.csv", "time,key\nnoon,a\n"), "line 2");
        refused(file("dump.rdb", "REDIS0011\u0000"), "dump.rdb");
        refused(directory, "is a directory");
        refused(directory.resolve("absent"), "no such file");
    }

    @Test
    void numbersOutOfRangeAreToldTogether() {
        CommandLineRun run = CommandLineRun.of("size", "any.csv", "--sizes", "1", "--shards", "20000", "--price", "-1");
        assertThat(run.status()).isEqualTo(ExitStatus.USAGE.code());
        assertThat(run.err()).contains("--sizes is 2 to 100", "--shards is 0 to 16384", "--price is not negative");
    }

    @Test
    void aFamilyThatIsNotThereIsToldWithThoseThatAre() throws IOException {
        Path trace = directory.resolve("accesses.csv");
        Files.writeString(trace, trace());
        CommandLineRun run = CommandLineRun.of("size", trace.toString(), "--ttl", "order:<n>=5m");
        assertThat(run.status()).isEqualTo(ExitStatus.USAGE.code());
        assertThat(run.err()).contains("has no key family 'order:<n>'", "quote:<n>");
    }

    private static void refused(Path file, String words) {
        CommandLineRun run = CommandLineRun.of("size", file.toString());
        assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.USAGE.code());
        assertThat(run.err()).contains(words).doesNotContain("\tat ").doesNotContain("Exception");
        assertThat(run.err().lines().filter(line -> line.startsWith("cachewright: ")))
                .hasSize(1);
        assertThat(run.out()).isEmpty();
    }

    private Path file(String name, String content) throws IOException {
        return Files.write(directory.resolve(name), content.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static JsonNode json(String... arguments) {
        CommandLineRun run = CommandLineRun.of(arguments);
        assertThat(run.status()).as(run.err()).isZero();
        return JsonMapper.builder().build().readTree(run.out());
    }

    /// Ten hot keys of a thousand.
    private static String trace() {
        return "time,key,op,size,ttl\n"
                + IntStream.range(0, 5_000)
                        .mapToObj(i -> i / 100.0 + ",quote:" + (i % 2 == 0 ? i % 20 : i * 7 % 1_000) + ","
                                + (i % 50 == 0 ? "write" : "read") + ",400,")
                        .collect(Collectors.joining("\n"));
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
