package io.cachewright.examples;

import io.cachewright.domain.policy.CachePolicy;
import io.cachewright.lab.fault.FaultProxy;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.Address;
import io.cachewright.lab.wire.WireConnection;
import io.cachewright.runtime.Answer;
import io.cachewright.runtime.CacheException;
import io.cachewright.runtime.CachewrightClient;
import io.cachewright.runtime.Codec;
import io.cachewright.runtime.NearCache;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/// A desk that reads quotes and a limit through near-caches, and says how old each value can be; its link to the server
/// can be cut while it runs.
public final class QuoteDesk implements AutoCloseable {

    private static final List<String> QUOTES = List.of("md:quote:VOD.L", "md:quote:BARC.L", "md:quote:HSBA.L");
    private static final String LIMIT = "risk:limit:DESK-7";
    private static final Duration TICK = Duration.ofMillis(150);
    private static final Duration READ = Duration.ofMillis(20);
    /// The exit status for a wrong call.
    private static final int USAGE = 2;
    /// One look in so many is printed.
    private static final int READS_A_PRINT = 25;

    private final RedisServer server = RedisServer.start(ServerSettings.onTcp());
    /// Between the desk and its server, so that there is something to cut. The market has a way of its own.
    private final FaultProxy network = FaultProxy.before((Address.Tcp) server.address());

    private final CachewrightClient client;
    private final NearCache<String> quotes;
    private final NearCache<String> limits;
    private final PrintStream out;
    private volatile boolean isOver;

    private QuoteDesk(PrintStream out) {
        this.out = out;
        client = CachewrightClient.builder("redis://" + network.address())
                .policy(policy())
                .build();
        quotes = client.nearCache("quotes", Codec.utf8());
        limits = client.nearCache("limits", Codec.utf8());
    }

    /// Type `cut`, `restore` or `quit`.
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length > 0) {
            System.err.println("quote-desk takes no arguments but --build, were " + String.join(" ", args)
                    + ": it starts a server of its own; then type cut, restore or quit");
            System.exit(USAGE);
        }
        run(System.in, System.out);
    }

    static void run(InputStream commands, PrintStream out) throws IOException, InterruptedException {
        try (QuoteDesk desk = new QuoteDesk(out)) {
            desk.run(commands);
        }
    }

    private void run(InputStream commands) throws IOException, InterruptedException {
        out.println("cut, restore or quit, and Enter");
        Thread market = Thread.ofVirtual().name("market").start(this::writeQuotes);
        Thread desk = Thread.ofVirtual().name("desk").start(this::look);
        BufferedReader lines = new BufferedReader(new InputStreamReader(commands, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null && !line.equals("quit"); line = lines.readLine()) {
            switch (line) {
                case "cut" -> network.sever();
                case "restore" -> network.restore();
                case "" -> {}
                default -> out.println("cut, restore or quit");
            }
        }
        isOver = true;
        market.join();
        desk.join();
    }

    /// The market: it knows nothing of near-caches, and any program in any language could take its place.
    private void writeQuotes() {
        SplittableRandom random = new SplittableRandom();
        try (WireConnection connection = server.connect()) {
            connection.call("SET", LIMIT, "2500000");
            while (!isOver) {
                String quote = QUOTES.get(random.nextInt(QUOTES.size()));
                BigDecimal price = BigDecimal.valueOf(700_000 + random.nextInt(50_000), 4);
                connection.call("SET", quote, price.toPlainString());
                Thread.sleep(TICK);
            }
        } catch (UncheckedIOException e) {
            out.println("the market has lost its server: " + e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            for (int i = 1; !isOver; i++) {
                Thread.sleep(READ);
                StringBuilder seen = new StringBuilder();
                QUOTES.forEach(quote -> seen.append(lineOf(quotes, quote)));
                seen.append(lineOf(limits, LIMIT));
                if (i % READS_A_PRINT == 0) {
                    out.println(seen);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static String lineOf(NearCache<String> cache, String key) {
        try {
            Answer<String> answer = cache.read(key);
            return String.format(
                    Locale.ROOT,
                    "%-18s%9s %-6s at most %4d ms old%n",
                    key,
                    answer.toOptional().orElse("-"),
                    answer.source(),
                    answer.age().toMillis());
        } catch (CacheException e) {
            return String.format(Locale.ROOT, "%-18s%9s %s%n", key, "", e.getMessage());
        }
    }

    private static CachePolicy policy() {
        String name = "cache-policy.yaml";
        try (InputStream file = QuoteDesk.class.getResourceAsStream("/" + name)) {
            if (file == null) {
                throw new IllegalStateException(name + " is missing");
            }
            return CachePolicy.parse(name, new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        client.close();
        network.close();
        server.close();
    }
}
