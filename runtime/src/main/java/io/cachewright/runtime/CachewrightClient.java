package io.cachewright.runtime;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.CachePolicy;
import io.cachewright.domain.policy.InvalidationGraph;
import io.cachewright.domain.policy.LoadLimits;
import io.cachewright.runtime.coherence.LinkBounds;
import io.cachewright.runtime.coherence.LinkState;
import io.cachewright.runtime.loading.EarlyRefresh;
import io.cachewright.runtime.loading.LoadListeners;
import io.cachewright.runtime.loading.Loader;
import io.cachewright.runtime.loading.Loads;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The near-caches of one service over one deployment, and the links that keep them coherent.
///
/// `CachewrightClient.builder("redis://localhost").policy(CachePolicy.parse(…)).build()` connects;
/// `client.nearCache("quotes", Codec.utf8()).read("md:quote:VOD.L")` reads.
public final class CachewrightClient implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CachewrightClient.class);

    private static final int TICKS_PER_READ_TIMEOUT = 8;
    /// Between two looks whether a server that has not been reached yet refuses.
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Map<String, CacheClass> classes;
    private final ClientSettings settings;
    private final OpenCaches caches;
    private final Duration readTimeout;
    private final Driver driver;
    private final LinkClock clock;
    private final List<InvalidationStream> streams = new CopyOnWriteArrayList<>();
    private final InvalidationLatency latency;
    private final @Nullable InvalidationProbe probe;
    private final Invalidator invalidator;
    private final Links links;
    private final Routing routing;
    private final LogKeys logs;
    private final ScheduledExecutorService timer;

    CachewrightClient(
            ClientSettings settings, LinkClock clock, Links.LinkFactory factory, UnaryOperator<NodeAddress> mapping) {
        this.settings = settings;
        this.classes =
                settings.classes().stream().collect(Collectors.toUnmodifiableMap(CacheClass::name, each -> each));
        this.readTimeout = settings.readTimeout();
        this.clock = clock;
        this.latency = new InvalidationLatency(clock, settings.tracking(), settings.prefixes());
        this.caches = new OpenCaches(latency, key -> streams.forEach(stream -> stream.changed(key)));
        LinkBounds bounds = LinkBounds.detectingWithin(settings.detection());
        // Before there are threads, which nobody would end if it were refused.
        Deployment deployment = Deployment.parse(
                settings.uri(),
                Duration.ofNanos(bounds.connectNanos()),
                settings.sentinelCredentials().orElse(null));
        this.driver = Driver.open(bounds, readTimeout);
        this.logs = new LogKeys(deployment instanceof Deployment.Cluster);
        LinkSettings link = new LinkSettings(
                clock,
                bounds,
                settings.tracking(),
                deployment instanceof Deployment.Cluster,
                settings.prefixes(),
                settings.isLogged(),
                readTimeout);
        this.links = Links.to(deployment, driver.client(), link, caches, mapping, factory);
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("cachewright-link-timer").factory());
        this.routing = new Routing(links, clock, timer, readTimeout);
        this.probe = settings.probed()
                .map(every -> new InvalidationProbe(routing, latency, clock, every))
                .orElse(null);
        this.invalidator = new Invalidator(
                classes.values(),
                InvalidationGraph.of(new CachePolicy(settings.classes())),
                routing,
                clock,
                readTimeout,
                generations(Generations.strictPolicy()),
                latency,
                settings.logged()
                        .map(each -> new Writes(each, routing, latency, logs, readTimeout))
                        .toList());
        // Reads are late by a tick at most when they end without an answer.
        long tickNanos = Math.max(
                Math.min(bounds.heartbeatNanos() / 4, readTimeout.toNanos() / TICKS_PER_READ_TIMEOUT),
                TimeUnit.MILLISECONDS.toNanos(1));
        var _ = timer.scheduleWithFixedDelay(this::tick, 0, tickNanos, TimeUnit.NANOSECONDS);
    }

    /// Must not fail: the timer would never come again, and with it no heartbeat and no end of any wait.
    private void tick() {
        try {
            tickOnce();
        } catch (RuntimeException e) {
            LOG.warn("a tick of the client failed; the next one comes", e);
        }
    }

    private void tickOnce() {
        long now = clock.tick();
        try {
            links.tick();
        } finally {
            caches.tick(now);
        }
        if (probe != null) {
            probe.tick();
        }
    }

    /// The cache of the class `name`; one codec for each class.
    ///
    /// @throws IllegalArgumentException when there is no such class, or it asks for loading or for fields
    /// @throws IllegalStateException when its cache was built before: it is there to be shared
    public <V> NearCache<V> nearCache(String name, Codec<V> codec) {
        CacheClass policy = policyOf(name);
        if (policy.loading().isPresent()) {
            // Better refused than read without the load that the policy promises.
            throw new IllegalArgumentException("class " + name + " asks for loading: use loadingCache(…)");
        }
        if (policy.fieldsMax().isPresent()) {
            throw new IllegalArgumentException("the values of class " + name + " are hashes: use fieldCache(…)");
        }
        return open(policy, codec);
    }

    /// The cache of the class `name`, whose values come from `loader` where the server has none; one codec and
    /// loader for each class.
    ///
    /// @throws CacheException.Rejected when the class loads once per fleet and the server's user may not take
    ///     leases
    /// @throws IllegalArgumentException when there is no such class, or it has no loading
    /// @throws IllegalStateException when its cache was built before: it is there to be shared
    public <V> LoadingCache<V> loadingCache(String name, Codec<V> codec, Loader<V> loader) {
        CacheClass policy = policyOf(name);
        LoadLimits limits = policy.loading()
                .orElseThrow(() -> new IllegalArgumentException(
                        "class " + name + " has no loading in its policy: add its limits"));
        caches.requireNew(policy);
        EarlyRefresh early = new EarlyRefresh(limits);
        Quarantine quarantine = new Quarantine(name, clock);
        StoredCodec<V> stored = new StoredCodec<>(codec, limits, early, quarantine);
        Generations generations = policy.invalidation().isStamped() ? generations(Generations.policyFor(policy)) : null;
        ServerFills<V> fills = new ServerFills<>(
                policy,
                limits,
                stored,
                routing,
                new Writes(policy, routing, latency, logs, readTimeout),
                readTimeout,
                generations);
        fills.checkPermission();
        NearCache<Stored<V>> near = open(policy, stored);
        LoadListeners listeners = new LoadListeners();
        listeners.add(new LoadRecorder(name));
        LoadingCache<V> cache = new LoadingCache<>(
                near,
                codec,
                new Loads<>(limits, loader, fills, clock::nanoTime, timer, listeners),
                fills,
                quarantine,
                invalidator,
                new StoredReads<>(near, limits, early, generations, clock),
                new LoadedAnswers<>(policy, limits, codec, clock),
                listeners);
        caches.add(cache);
        return cache;
    }

    /// The cache of the class `name`, whose values are hashes; one codec for each class, that of the fields.
    ///
    /// @throws IllegalArgumentException when there is no such class, or it has no `fields-max`
    /// @throws IllegalStateException when its cache was built before: it is there to be shared
    public <V> FieldCache<V> fieldCache(String name, Codec<V> codec) {
        CacheClass policy = policyOf(name);
        if (policy.fieldsMax().isEmpty()) {
            throw new IllegalArgumentException(
                    "class " + name + " does not say that its values are hashes: say `fields-max` in its policy");
        }
        FieldCache<V> cache = new FieldCache<>(policy, codec, links, routing, latency, clock, readTimeout);
        caches.add(cache);
        return cache;
    }

    private Generations generations(CacheClass policy) {
        return new Generations(open(policy, new Generations.NumberCodec()), routing);
    }

    /// Invalidates `keys` and all that follows from them by the cascades of the policy, what others are made of
    /// first. Keys that no class of this client owns are deleted all the same.
    ///
    /// @throws CacheException.Unavailable when a server did not answer in time: it may have been done in part,
    ///     and can be repeated
    /// @throws IllegalArgumentException when that is more than
    ///     [io.cachewright.domain.policy.InvalidationGraph#FAN_OUT_MAX] keys, tags and classes
    public Invalidation invalidate(Collection<String> keys) {
        return invalidator.keys(keys);
    }

    /// Invalidates everything that carries `tag`, at once, and what follows from that.
    ///
    /// @throws CacheException.Unavailable as [#invalidate] does
    /// @throws IllegalArgumentException when no class of this client carries `tag`, and as [#invalidate] does
    public Invalidation invalidateTag(String tag) {
        return invalidator.tag(tag);
    }

    /// Lets `write` change the source of everything with `tag`: who reads it by [#together] never sees it in
    /// part. Meanwhile single reads go on; what they load counts until the end of the change.
    ///
    /// @param atMost how long the change may take; a writer who dies holds readers of the group up for so long
    /// @throws CacheException.Unavailable when another change of the group is under way for longer than a read may
    ///     take, or when this one took longer than `atMost`
    public Invalidation change(String tag, Duration atMost, Runnable write) {
        return invalidator.change(tag, atMost, write);
    }

    /// What `reads` returns when all values with `tag` that it read, of whatever class, belong to one state of
    /// the group; it is called again while changes come in between.
    ///
    /// @throws CacheException.Unavailable when the group was being changed for longer than a read may take
    public <T> T together(String tag, Supplier<T> reads) {
        return invalidator.together(tag, reads);
    }

    /// Lets `listener` hear how invalidations go from now on; no second time what is equal to one that does.
    public void addInvalidationListener(InvalidationListener listener) {
        latency.add(listener);
    }

    /// How long this client's writes and invalidations took from the call to the drop in its own near-caches, by
    /// way of the server, in nanoseconds. Empty under [Tracking#OPT_IN], where not every write is told.
    public Histogram invalidationLatency() {
        return latency.snapshot();
    }

    Invalidator invalidator() {
        return invalidator;
    }

    /// Begins to carry out what the streams ask for.
    void follow() {
        String consumer = UUID.randomUUID().toString();
        for (String name : settings.followed()) {
            InvalidationStream stream = new InvalidationStream(name, consumer, routing, invalidator, readTimeout);
            streams.add(stream);
            stream.start();
        }
    }

    List<InvalidationStream> streams() {
        return streams;
    }

    private CacheClass policyOf(String name) {
        CacheClass policy = classes.get(name);
        if (policy == null) {
            throw new IllegalArgumentException("no class " + name + "; there are " + classes.keySet());
        }
        return policy;
    }

    private <V> NearCache<V> open(CacheClass policy, Codec<V> codec) {
        NearCache<V> cache = new NearCache<>(policy, codec, links, routing, latency, clock, logs, readTimeout);
        caches.add(cache);
        return cache;
    }

    /// How much the links to the servers prove just now: the state of the one that proves least.
    public LinkState linkState() {
        return links.all().stream()
                .map(ServerLink::state)
                .min(Comparator.naturalOrder())
                .orElse(LinkState.GAP);
    }

    /// How many links are in `state`.
    public long linksIn(LinkState state) {
        return links.all().stream().filter(link -> link.state() == state).count();
    }

    /// How long ago the link that proves least last proved anything; empty when one never has.
    public Optional<Duration> proofAge() {
        long now = clock.nanoTime();
        if (links.all().stream().anyMatch(link -> link.reconnects() == 0)) {
            return Optional.empty();
        }
        return links.all().stream()
                .map(link -> Duration.ofNanos(now - link.proof().provedNanos()))
                .max(Comparator.naturalOrder());
    }

    /// Whether the freshness that each class promises can be proved just now.
    public Health health() {
        return Health.of(classes.values(), links.all(), clock.nanoTime());
    }

    /// The caches that were built so far.
    public List<NearCache<?>> nearCaches() {
        return caches.near();
    }

    /// The caches with loading that were built so far; each is one of [#nearCaches] too.
    public List<LoadingCache<?>> loadingCaches() {
        return caches.loading();
    }

    /// The caches of hashes that were built so far.
    public List<FieldCache<?>> fieldCaches() {
        return caches.fields();
    }

    /// The classes of keys that this client serves.
    public Collection<CacheClass> classes() {
        return classes.values();
    }

    Links links() {
        return links;
    }

    /// How many times a link was armed; the first counts.
    public long linksArmed() {
        return links.all().stream().mapToLong(ServerLink::reconnects).sum();
    }

    /// Ends the links and all threads; whatever needs a server fails from now on.
    @Override
    public void close() {
        streams.forEach(InvalidationStream::close);
        caches.close();
        timer.shutdownNow();
        links.close();
        driver.close();
        // Nobody is left to answer the others.
        long end = clock.nanoTime() + readTimeout.toNanos();
        caches.endOverdueReads(end);
    }

    /// Waits for the first links for as long as a read may take. A server that is absent may come later; one that
    /// refuses will go on refusing.
    void awaitFirstLink() {
        long deadline = clock.nanoTime() + readTimeout.toNanos();
        try {
            List<ServerLink> waiting = links.all();
            while (!waiting.isEmpty() && clock.nanoTime() - deadline < 0) {
                for (ServerLink link : waiting) {
                    if (!link.awaitArmed(Math.min(deadline, clock.nanoTime() + LOOK_NANOS))) {
                        Throwable failure = link.lastFailure();
                        Throwable refusal = failure instanceof Primary.NotPrimary ? failure : Failures.refusal(failure);
                        if (refusal != null) {
                            throw refused(refusal);
                        }
                    }
                }
                waiting = links.all().stream().filter(link -> !link.isLive()).toList();
            }
            waiting.forEach(link -> LOG.warn("{}: the client starts without it, and goes on trying", link));
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new CacheException.Unavailable("interrupted while connecting", e);
        }
    }

    private CacheException refused(Throwable failure) {
        close();
        return new CacheException.Rejected(
                "the server refuses a coherent link (it needs to be a primary with RESP3 and CLIENT TRACKING, so Redis 6"
                        + " or newer or any Valkey, and a user who may run +client|tracking, +hello and, in a cluster,"
                        + " +watch and +cluster|slots): " + failure.getMessage(),
                failure);
    }

    /// For the deployment at `uri`: `redis://user:password@host:port/db` (`rediss://` with TLS) for one server,
    /// `redis-sentinel://host,host#name` for a primary that Sentinels watch, `redis-cluster://host,host` for a
    /// cluster of which these nodes are asked first; `valkey` may stand in place of `redis`.
    public static CachewrightClientBuilder builder(String uri) {
        return new CachewrightClientBuilder(uri);
    }
}
