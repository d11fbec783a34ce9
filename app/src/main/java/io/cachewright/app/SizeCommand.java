package io.cachewright.app;

import io.cachewright.domain.ByteSize;
import io.cachewright.domain.Engine;
import io.cachewright.domain.HashSlot;
import io.cachewright.domain.InvalidInput;
import io.cachewright.domain.Problems;
import io.cachewright.domain.ServerVersion;
import io.cachewright.sizing.server.EvictionPolicy;
import io.cachewright.sizing.server.ServerTraits;
import io.cachewright.sizing.trace.AccessTraceFile;
import io.cachewright.sizing.trace.Trace;
import io.cachewright.study.CaptureTrace;
import io.cachewright.study.SizeSettings;
import io.cachewright.study.SizeStudy;
import io.cachewright.study.View;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `size`: what another size, policy or encoding would do.
@Command(
        name = "size",
        mixinStandardHelpOptions = true,
        description = {
            "What another size, policy or encoding would do, told from a file and without touching a server.",
            "",
            "An access trace, MONITOR output or a packet capture: hit ratio by memory for each eviction policy as the servers"
                    + " implement it, the memory for a wanted hit ratio, what each further GB brings, by key family. An RDB"
                    + " file: its memory in other servers, and what other encoding limits save and cost, measured on a"
                    + " sample in real servers of this machine."
        },
        footer = {
            "",
            "Examples:",
            "  cachewright size accesses.csv --hit-ratio 95%%",
            "  cachewright size monitor.log --policy allkeys-lfu --memory 2gb --price 9.50 -o html > size.html",
            "  cachewright size dump.rdb --budget 60s"
        })
final class SizeCommand implements Callable<Integer> {

    private static final int SIZES_MIN = 2;
    private static final int SIZES_MAX = 100;
    private static final int CLIENTS_MAX = 100_000;

    private final Console console;
    private final Narrator narrator;

    @Parameters(paramLabel = "FILE", description = "An access trace, MONITOR output, a packet capture or a snapshot.")
    private Path file = Path.of("");

    @Option(
            names = "--policy",
            converter = PolicyConverter.class,
            defaultValue = "allkeys-lru",
            description = "The eviction policy that is asked about (default: ${DEFAULT-VALUE}).")
    private EvictionPolicy policy = EvictionPolicy.ALLKEYS_LRU;

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            converter = ByteSizeConverter.class,
            description = "A maxmemory to replay under each policy, for example 2gb.")
    private @Nullable ByteSize memory;

    @Option(
            names = "--hit-ratio",
            paramLabel = "SHARE",
            converter = ShareConverter.class,
            description = "Tell the memory for this hit ratio, for example 95%%.")
    private ShareConverter.@Nullable Share hitRatio;

    @Option(
            names = "--price",
            paramLabel = "AMOUNT",
            description = "Of a GB of memory for a month: tell the cost of a hit.")
    private @Nullable BigDecimal price;

    @Option(
            names = "--ttl",
            paramLabel = "FAMILY=DURATION",
            description = "What another time to live of a key family would do, for example --ttl 'quote:<I>=5m'.")
    private Map<String, String> timesToLive = new LinkedHashMap<>();

    @Option(
            names = "--client-cache",
            paramLabel = "ENTRIES",
            description = "What a cache of so many entries in each client would do, kept right by CLIENT TRACKING.")
    private @Nullable Integer clientCacheEntries;

    @Option(
            names = "--clients",
            paramLabel = "COUNT",
            defaultValue = "10",
            description = "With --client-cache: how many clients share the accesses (default: ${DEFAULT-VALUE}).")
    private int clients = 10;

    @Option(
            names = "--shards",
            paramLabel = "COUNT",
            description = "Where a cluster of so many shards would put the keys, and how busy each would be.")
    private int shards;

    @Option(
            names = "--sizes",
            paramLabel = "COUNT",
            defaultValue = "12",
            description = "Points of each curve (default: ${DEFAULT-VALUE}).")
    private int sizes = 12;

    @Option(
            names = "--budget",
            paramLabel = "DURATION",
            defaultValue = "60s",
            converter = DurationConverter.class,
            description = "Time for measuring encodings of a snapshot (default: ${DEFAULT-VALUE}).")
    private Duration budget = Duration.ofSeconds(60);

    @Mixin
    private KeyDumpOptions keyDump = new KeyDumpOptions();

    @Mixin
    private SnapshotOptions snapshots = new SnapshotOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    SizeCommand(Surroundings surroundings) {
        this.console = surroundings.console();
        this.narrator = new Narrator(console);
    }

    @Override
    public Integer call() throws IOException {
        check();
        output.show(view(), console);
        return ExitStatus.FINE.code();
    }

    private View view() throws IOException {
        if (keyDump.isGiven()) {
            return ofTrace(keyDump.read(file, narrator), "list of keys", keyDump.notes());
        }
        return switch (Input.of(file.toString())) {
            case Input.Live _ ->
                throw new InvalidInput(
                        file.toString(),
                        List.of("is a server; record it with `redis-cli monitor > FILE` and size that file"));
            case Input.Bundle _ ->
                throw new InvalidInput(
                        file.toString(),
                        List.of("is an evidence bundle, which holds no single accesses; give a trace, a capture or a"
                                + " snapshot"));
            case Input.Snapshot(Path snapshot, var kind) ->
                new SnapshotSizing(narrator, budget).view(snapshot, kind, snapshots.settings(narrator, snapshot));
            case Input.Capture(Path capture) -> ofCapture(capture);
            case Input.Accesses(Path trace) -> {
                narrator.say("reading " + trace);
                yield ofTrace(AccessTraceFile.read(trace), "access trace", List.of());
            }
        };
    }

    private View ofCapture(Path capture) throws IOException {
        var opened = CaptureFiles.open(capture, narrator);
        CaptureTrace read = CaptureTrace.of(opened, capture.toString());
        return ofTrace(read.trace(), opened.kind(), read.notes());
    }

    private View ofTrace(Trace trace, String kind, List<String> notes) {
        ServerVersion server = snapshots.server().orElse(new ServerVersion(Engine.REDIS, 7, 0, 15));
        SizeSettings settings = new SizeSettings(
                ServerTraits.of(server),
                policy,
                memory == null ? OptionalLong.empty() : OptionalLong.of(memory.bytes()),
                hitRatio == null ? OptionalDouble.empty() : OptionalDouble.of(hitRatio.value()),
                Optional.ofNullable(price),
                timesToLive(),
                clientCacheEntries == null
                        ? Optional.empty()
                        : Optional.of(new SizeSettings.ClientCaches(clients, clientCacheEntries)),
                shards,
                sizes);
        return SizeStudy.view(trace, file.toString(), kind, notes, settings, Version.text(), narrator::say);
    }

    private Map<String, Duration> timesToLive() {
        DurationConverter converter = new DurationConverter();
        Map<String, Duration> converted = new LinkedHashMap<>();
        timesToLive.forEach((family, text) -> converted.put(family, converter.convert(text)));
        return converted;
    }

    /// All numbers out of their range, told before anything is read.
    private void check() {
        Problems problems = new Problems("options");
        within(problems, "--sizes", sizes, SIZES_MIN, SIZES_MAX);
        within(problems, "--shards", shards, 0, HashSlot.COUNT);
        within(problems, "--clients", clients, 1, CLIENTS_MAX);
        within(problems, "--client-cache", clientCacheEntries == null ? 1 : clientCacheEntries, 1, Integer.MAX_VALUE);
        if (price != null && price.signum() < 0) {
            problems.add("--price is not negative, was " + price);
        }
        problems.throwIfAny();
    }

    private static void within(Problems problems, String option, int value, int least, int most) {
        if (value < least || value > most) {
            problems.add(option + " is " + least + " to " + most + ", was " + value);
        }
    }
}
