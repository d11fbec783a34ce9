package io.cachewright.app;

import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.Command;
import io.cachewright.lab.wire.Reply;
import io.cachewright.lab.wire.WireConnection;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Does what users do, so that the JVM can note which classes are needed and what is hot, and start sooner the next
/// time (JEP 514 and 515). The launcher runs it once after a build.
final class TrialRun {

    private static final int KEYS_OF_EACH_KIND = 8_000;

    /// Enough for the compiler to have seen all of the hot code.
    private static final int PROFILES = 6;

    private TrialRun() {}

    public static void main(String[] args) {
        try (RedisServer server = RedisServer.start(ServerSettings.onUnixSocket());
                WireConnection connection = server.connect()) {
            connection.pipelineAll(commands().iterator(), Reply::orThrow);
            connection.call("SAVE").orThrow();
            String file = server.directory().resolve("dump.rdb").toString();
            for (int i = 0; i < PROFILES; i++) {
                run("profile", file, "-o", "json");
            }
            run("profile", file);
        }
        run("--help");
        run("rules");
    }

    private static void run(String... arguments) {
        var nowhere = new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Main.run(arguments, new Console(nowhere, nowhere, false, false), Map.of());
    }

    private static List<Command> commands() {
        Random random = new Random(1);
        List<Command> commands = new ArrayList<>();
        for (int i = 0; i < KEYS_OF_EACH_KIND; i++) {
            String symbol = "BTC" + i % 300 + "-USD";
            String price = "" + random.nextInt(1_000_000) / 100.0;
            commands.add(Command.of(
                    "SET",
                    "quote:" + symbol + ":XNAS:" + i,
                    "{\"symbol\":\"" + symbol + "\",\"bid\":" + price + ",\"ask\":" + price + ",\"seq\":" + i + "}"));
            commands.add(Command.of("SET", "last:" + symbol + ":" + i, "" + random.nextInt(10_000_000)));
            String id = Long.toHexString(random.nextLong() | Long.MIN_VALUE);
            commands.add(Command.of("SET", "session:" + id, id + id, "EX", "100000"));
            commands.add(Command.of(
                    "HSET",
                    "order:" + (1_000_000_000 + i),
                    "sym",
                    symbol,
                    "side",
                    "BUY",
                    "px",
                    price,
                    "status",
                    "NEW"));
            commands.add(Command.of("SADD", "acct:" + i + ":open", "" + (1_000_000 + i), "" + (2_000_000 + i)));
            commands.add(Command.of("SADD", "watch:" + i, symbol, "ETH-USD", "SOL-USD"));
            commands.add(Command.of("ZADD", "risk:" + i + ":exposure", price, symbol, "1", "ETH-USD"));
            commands.add(Command.of("RPUSH", "trades:" + symbol + ":" + i, i + "|" + price + "|B", i + "|1.5|S"));
            commands.add(Command.of("XADD", "md:" + symbol + ":" + i % 900, "*", "p", price, "q", "1"));
        }
        for (int book = 0; book < KEYS_OF_EACH_KIND / 50; book++) {
            List<String> levels = new ArrayList<>(List.of("ZADD", "book:BTC" + book + "-USD:bids"));
            for (int level = 0; level < 300; level++) {
                levels.add("" + (10_000 + level));
                levels.add("" + (10_000 + level));
            }
            commands.add(Command.of(levels.toArray(String[]::new)));
        }
        return commands;
    }
}
