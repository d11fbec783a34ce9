package io.cachewright.lab.scenario;

import static java.util.Locale.ROOT;

import io.cachewright.lab.load.Workload;
import io.cachewright.lab.market.Instrument;
import io.cachewright.lab.market.Jitter;
import io.cachewright.lab.market.Listing;
import io.cachewright.lab.market.MarketWorkload;
import io.cachewright.lab.market.SoundReaders;
import io.cachewright.lab.market.SoundWriter;
import io.cachewright.lab.market.SyntheticMarket;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.Address;
import io.cachewright.lab.wire.Command;
import io.cachewright.lab.wire.Credentials;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A market-data cache as it should be, under a healthy load: the reference on which nothing above "info"
/// is to be found.
///
/// It holds only what can be rebuilt (top of book, depth, tape, reference data, sessions by hashed token): orders and
/// limits live elsewhere, so it may evict, and needs no append-only file; an hourly snapshot is there for a warm start.
/// Every key expires, with jitter. Memory is capped with room to spare, clients sign in as a user who can touch `md:`,
/// `ref:` and `ses:` keys and nothing dangerous, and the server watches its own latency.
public final class HealthyDeployment implements Scenario {

    private static final int REFERENCE_DATA = 40_000;
    private static final int SESSIONS = 3_000;
    private static final int QUIET_BOOKS = 300;
    private static final long SESSION_MILLIS = Duration.ofMinutes(45).toMillis();
    /// To well after the next session has opened, so that a night or a weekend does not empty the cache.
    private static final long REFERENCE_MILLIS = Duration.ofHours(80).toMillis();

    private static final long QUIET_BOOK_MILLIS = Duration.ofHours(7).toMillis();
    private static final int PASSWORD_DIGITS = 32;

    private final SyntheticMarket market;
    private final String ownerPassword;
    private final String feedPassword;

    /// With passwords that nobody else knows: each call makes new ones.
    public static HealthyDeployment withSeed(long seed) {
        return new HealthyDeployment(seed, newPassword(), newPassword());
    }

    private HealthyDeployment(long seed, String ownerPassword, String feedPassword) {
        this.market = SyntheticMarket.usual(seed);
        this.ownerPassword = ownerPassword;
        this.feedPassword = feedPassword;
    }

    private static String newPassword() {
        var random = new SecureRandom();
        var password = new StringBuilder(PASSWORD_DIGITS);
        for (int i = 0; i < PASSWORD_DIGITS; i++) {
            password.append(Character.forDigit(random.nextInt(36), 36));
        }
        return password.toString();
    }

    @Override
    public String name() {
        return "healthy";
    }

    @Override
    public String description() {
        return "a well-configured market-data cache under a healthy load, on a " + market.description();
    }

    @Override
    public ServerSettings settings() {
        return ServerSettings.onTcp()
                .withPassword(ownerPassword)
                .with("user", "feed on >" + feedPassword + " ~md:* ~ref:* ~ses:* &md:* +@all -@dangerous -@admin")
                .with("protected-mode", "yes")
                .with("maxmemory", "256mb")
                .with("maxmemory-policy", "allkeys-lru")
                .with("maxmemory-samples", "10")
                .with("maxmemory-clients", "10%")
                .with("save", "3600 1")
                .with("appendonly", "no")
                .with("latency-monitor-threshold", "10")
                .with("slowlog-log-slower-than", "10000")
                .with("slowlog-max-len", "512")
                .with("timeout", "0")
                .with("tcp-keepalive", "60")
                .with("maxclients", "1000")
                .with("client-output-buffer-limit", "normal 64mb 16mb 30", "pubsub 32mb 8mb 60")
                .with("hash-max-listpack-entries", "128")
                .with("lazyfree-lazy-eviction", "yes")
                .with("lazyfree-lazy-expire", "yes")
                .with("lazyfree-lazy-server-del", "yes")
                .with("lazyfree-lazy-user-del", "yes");
    }

    @Override
    public Iterator<Command> fill() {
        return Stream.of(referenceData(), sessions(), quietBooks())
                .flatMap(part -> part)
                .iterator();
    }

    private static Stream<Command> referenceData() {
        var jitter = new Jitter("reference data");
        return IntStream.range(0, REFERENCE_DATA)
                .boxed()
                .flatMap(i -> expiring(
                        "ref:{XLAB.REF" + i + "}",
                        jitter.around(REFERENCE_MILLIS),
                        "tick",
                        "1",
                        "lot",
                        "1",
                        "pxScale",
                        "2",
                        "qtyScale",
                        "3",
                        "status",
                        "TRADING",
                        "version",
                        Integer.toString(1 + i % 9),
                        "asOfTs",
                        "1767571200000000000"));
    }

    /// By a keyed hash of the token: the name of a key tells nothing.
    private static Stream<Command> sessions() {
        var jitter = new Jitter("sessions");
        var random = new SplittableRandom(1);
        return IntStream.range(0, SESSIONS)
                .boxed()
                .flatMap(i -> expiring(
                        String.format(ROOT, "ses:%016x", random.nextLong()),
                        jitter.around(SESSION_MILLIS),
                        "user",
                        "u" + i,
                        "venue",
                        "XLAB",
                        "depth",
                        "20",
                        "seenTs",
                        "1767571200000000000"));
    }

    private static Stream<Command> quietBooks() {
        var jitter = new Jitter("quiet books");
        return IntStream.range(0, QUIET_BOOKS)
                .boxed()
                .flatMap(i -> expiring(
                        String.format(ROOT, "md:{XLAB.Q%03d}:l1", i),
                        jitter.around(QUIET_BOOK_MILLIS),
                        "bidPx",
                        "10124",
                        "bidQty",
                        "500",
                        "askPx",
                        "10126",
                        "askQty",
                        "700",
                        "seq",
                        Integer.toString(1_000 + i),
                        "exchTs",
                        "1767571200000000000",
                        "recvTs",
                        "1767571200001500000"));
    }

    /// A hash and its lifetime in one transaction.
    private static Stream<Command> expiring(String key, long millis, String... fields) {
        String[] arguments =
                Stream.concat(Stream.of("HSET", key), Stream.of(fields)).toArray(String[]::new);
        return Stream.of(
                Command.of("MULTI"),
                Command.of(arguments),
                Command.of("PEXPIRE", key, Long.toString(millis)),
                Command.of("EXEC"));
    }

    @Override
    public Workload workload() {
        List<Instrument> watchList =
                market.listings().stream().map(Listing::instrument).toList();
        return new MarketWorkload(market, () -> List.of(new SoundWriter(2), new SoundReaders(watchList)));
    }

    /// A user of its own: it can neither read the configuration nor flush.
    @Override
    public Optional<Credentials> loadCredentials() {
        return Optional.of(new Credentials("feed", feedPassword));
    }

    @Override
    public Bystanders bystanders(Address address, Optional<Credentials> credentials) {
        return Bystanders.none(address, credentials);
    }

    @Override
    public List<PlantedMistake> planted() {
        return List.of();
    }
}
