package io.cachewright.benchmarks.collect;

import io.cachewright.lab.load.CommandMix;
import io.cachewright.lab.load.CommandMix.Weighted;
import io.cachewright.lab.load.LoadGenerator;
import io.cachewright.lab.load.LoadResult;
import io.cachewright.lab.load.LoadSettings;
import io.cachewright.lab.load.Workloads;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.Command;
import io.cachewright.lab.wire.WireConnection;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A server with trading keys of every usual kind, and the load on it.
final class BusyServer implements AutoCloseable {

    private static final int CONNECTIONS = 50;
    private static final int INSTRUMENTS = 20_000;
    private static final int LEVELS = 40;
    private static final long SEED = 11;
    private static final Duration WARM_UP = Duration.ofMillis(200);

    /// The load's own commands, as `INFO commandstats` names them; all else is the collector's.
    private static final Set<String> OF_THE_LOAD = Set.of("get", "set", "hmget", "zrange", "zadd");

    private final RedisServer server;
    private final WireConnection control;

    private BusyServer(RedisServer server) {
        this.server = server;
        this.control = server.connect();
    }

    static BusyServer start() {
        RedisServer server = RedisServer.start(ServerSettings.onTcp());
        try (WireConnection filler = server.connect()) {
            Iterator<Command> fill = IntStream.range(0, INSTRUMENTS)
                    .boxed()
                    .flatMap(i -> fill(i).stream())
                    .iterator();
            filler.pipelineAll(fill, _ -> {});
        }
        return new BusyServer(server);
    }

    private static List<Command> fill(int instrument) {
        String[] book = new String[2 + 2 * LEVELS];
        book[0] = "ZADD";
        book[1] = "book:" + instrument + ":bid";
        for (int level = 0; level < LEVELS; level++) {
            book[2 + 2 * level] = Integer.toString(6_168_600 - level);
            book[3 + 2 * level] = "{\"px\":" + (61_686.0 - level / 100.0) + ",\"qty\":0.25}";
        }
        return List.of(
                Command.of("SET", "px:" + instrument, "61686.25"),
                Command.of("HSET", "top:" + instrument, "bid", "6168625", "ask", "6168650", "seq", "7", "ts", "1"),
                Command.of(book),
                Command.of(
                        "SET",
                        "session:" + instrument,
                        "{\"user\":" + instrument + ",\"roles\":[\"trader\"]}",
                        "EX",
                        "7200"));
    }

    private static final CommandMix MIX = CommandMix.weighted(List.of(
            new Weighted("GET", 40, random -> Command.of("GET", "px:" + instrument(random))),
            new Weighted("SET", 20, random -> Command.of("SET", "px:" + instrument(random), "61686.50")),
            new Weighted("HMGET", 20, random -> Command.of("HMGET", "top:" + instrument(random), "bid", "ask")),
            new Weighted("ZRANGE", 10, random -> Command.of("ZRANGE", "book:" + instrument(random) + ":bid", "0", "9")),
            new Weighted(
                    "ZADD",
                    10,
                    random -> Command.of("ZADD", "book:" + instrument(random) + ":bid", "6168600", "{\"px\":1}"))));

    private static int instrument(SplittableRandom random) {
        return random.nextInt(INSTRUMENTS);
    }

    /// As many commands as it takes.
    LoadResult saturate(Duration length) {
        return LoadGenerator.closedLoop(1)
                .run(
                        server.address(),
                        server.credentials(),
                        Workloads.unpaced(CONNECTIONS, MIX, SEED),
                        LoadSettings.lasting(length).withWarmUp(WARM_UP));
    }

    /// Commands that are due at chance moments.
    LoadResult load(double perSecond, Duration length) {
        return LoadGenerator.openLoop()
                .run(
                        server.address(),
                        server.credentials(),
                        Workloads.poisson(perSecond, CONNECTIONS, MIX, SEED),
                        LoadSettings.lasting(length).withWarmUp(WARM_UP));
    }

    /// Seconds that the collector's commands have run on the server, without reading and writing them.
    double foreignSeconds() {
        return control.call("INFO", "commandstats")
                .text()
                .lines()
                .filter(line -> line.startsWith("cmdstat_"))
                .map(line -> line.substring("cmdstat_".length()).split(":", 2))
                .filter(part -> !OF_THE_LOAD.contains(part[0]))
                .mapToDouble(part -> number(part[1], "usec") / 1e6)
                .sum();
    }

    /// Seconds that its main thread has been busy.
    double busySeconds() {
        Map<String, String> cpu = control.call("INFO", "cpu")
                .text()
                .lines()
                .filter(line -> line.contains(":"))
                .map(line -> line.split(":", 2))
                .collect(Collectors.toMap(part -> part[0], part -> part[1].strip()));
        return Double.parseDouble(cpu.getOrDefault("used_cpu_user_main_thread", "0"))
                + Double.parseDouble(cpu.getOrDefault("used_cpu_sys_main_thread", "0"));
    }

    private static double number(String fields, String name) {
        for (String field : fields.split(",", -1)) {
            if (field.startsWith(name + "=")) {
                return Double.parseDouble(field.substring(name.length() + 1));
            }
        }
        return 0;
    }

    String target() {
        return server.address().toString();
    }

    long pid() {
        return server.pid();
    }

    String version() {
        return server.version().toString();
    }

    @Override
    public void close() {
        control.close();
        server.close();
    }
}
