package io.cachewright.runtime;

import io.cachewright.domain.InvalidInput;
import io.cachewright.domain.Problems;
import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.CachePolicy;
import io.cachewright.domain.policy.InvalidationGraph;
import io.cachewright.domain.policy.LoadLimits;
import io.cachewright.domain.policy.Writers;
import io.cachewright.runtime.coherence.LinkBounds;
import io.cachewright.runtime.coherence.LinkState;
import io.cachewright.runtime.coherence.Proof;
import io.cachewright.runtime.loading.EarlyRefresh;
import io.cachewright.runtime.loading.LoadListeners;
import io.cachewright.runtime.loading.Loader;
import io.cachewright.runtime.loading.Loads;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// The near-caches of one service over one deployment, and the links that keep them coherent.
///
/// ```java
/// try (CachewrightClient client = CachewrightClient.builder("redis://localhost")
///         .cacheClass(CacheClass.builder("quotes",
///         "md:quote:").freshness(Freshness.bounded(ofMillis(250))).build()) .build()) { NearCache<String>
///         quotes = client.nearCache("quotes", Codec.utf8()); Answer<String> quote =
///         quotes.read("md:quote:VOD.L"); }
/// ```
public final class CachewrightClient implements AutoCloseable {

    private static final long SHUTDOWN_SECONDS = 5;
    private static final int TICKS_PER_READ_TIMEOUT = 8;
    /// Between two looks whether a server that has not been reached yet refuses.
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Map<String, CacheClass> classes;
    private final Map<String, NearCache<?>> caches = new ConcurrentHashMap<>();
    private final Map<String, FieldCache<?>> fieldCaches = new ConcurrentHashMap<>();
    private final List<LoadingCache<?>> loadingCaches = new CopyOnWriteArrayList<>();
    private final Duration readTimeout;
    private final ClientResources resources;
    private final RedisClient driver;
    private final LinkClock clock;
    private final Set<String> followed;
    private final List<InvalidationStream> streams = new CopyOnWriteArrayList<>();
    private final InvalidationLatency latency;
    private final @Nullable InvalidationProbe probe;
    private final Invalidator invalidator;
    private final Links links;
    private final Routing routing;
    private final LogKeys logs;
    private final ScheduledExecutorService timer;
    private final AtomicBoolean isFreeing = new AtomicBoolean();

    private CachewrightClient(Builder builder) {
        this.classes = builder.classes.stream().collect(Collectors.toUnmodifiableMap(CacheClass::name, each -> each));
        this.readTimeout = builder.readTimeout;
        LinkClock given = builder.clock;
        this.clock = given == null ? new LinkClock(builder.hitClock) : given;
        this.latency = new InvalidationLatency(clock, builder.tracking);
        LinkBounds bounds = LinkBounds.detectingWithin(builder.detection);
        this.resources = DefaultClientResources.builder()
                .ioThreadPoolSize(2)
                .computationThreadPoolSize(2)
                .commandLatencyRecorder(CommandLatencyRecorder.disabled())
                .nettyCustomizer(new LinkPipeline())
                .build();
        this.driver = RedisClient.create(resources);
        driver.setOptions(ClientOptions.builder()
                .autoReconnect(false)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .protocolVersion(ProtocolVersion.RESP3)
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                // Else the driver would give commands the time that the URI gives to connecting.
                .timeoutOptions(TimeoutOptions.enabled(readTimeout))
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(Duration.ofNanos(bounds.connectNanos()))
                        .tcpNoDelay(true)
                        .build())
                .build());
        Deployment deployment =
                Deployment.parse(builder.uri, Duration.ofNanos(bounds.connectNanos()), builder.sentinelCredentials);
        this.logs = new LogKeys(deployment instanceof Deployment.Cluster);
        this.followed = builder.followed;
        Duration probed = builder.probed;
        LinkSettings settings = new LinkSettings(
                clock,
                bounds,
                builder.tracking,
                deployment instanceof Deployment.Cluster,
                prefixes(probed != null),
                this::isLogged,
                readTimeout);
        this.links = Links.to(deployment, driver, settings, new Router(), builder.mapping, builder.links);
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("cachewright-link-timer").factory());
        this.routing = new Routing(links, clock, timer, readTimeout);
        this.probe = probed == null ? null : new InvalidationProbe(routing, latency, clock, probed);
        this.invalidator = new Invalidator(
                classes.values(),
                InvalidationGraph.of(new CachePolicy(List.copyOf(classes.values()))),
                routing,
                clock,
                readTimeout,
                generations(Generations.strictPolicy()),
                latency,
                classes.values().stream()
                        .filter(each -> each.writers() == Writers.LIBRARY)
                        .map(each -> new Writes(each, routing, latency, logs, readTimeout))
                        .toList());
        // Reads are late by a tick at most when they end without an answer.
        long tickNanos = Math.max(
                Math.min(bounds.heartbeatNanos() / 4, readTimeout.toNanos() / TICKS_PER_READ_TIMEOUT),
                TimeUnit.MILLISECONDS.toNanos(1));
        var _ = timer.scheduleWithFixedDelay(this::tick, 0, tickNanos, TimeUnit.NANOSECONDS);
    }

    /// Of all keys whose changes are heard: generations and logs too, where there are any.
    private List<String> prefixes(boolean isProbed) {
        Stream<String> own = classes.values().stream().map(CacheClass::prefix);
        boolean isStamped =
                classes.values().stream().anyMatch(each -> each.invalidation().isStamped());
        boolean hasLog = classes.values().stream().anyMatch(each -> each.writers() == Writers.LIBRARY);
        return Stream.of(
                        own,
                        Stream.of(Generations.PREFIX).filter(_ -> isStamped),
                        Stream.of(InvalidationStream.PREFIX).filter(_ -> !followed.isEmpty()),
                        Stream.of(InvalidationProbe.PREFIX).filter(_ -> isProbed),
                        Stream.of(LogKeys.PREFIX).filter(_ -> hasLog))
                .flatMap(each -> each)
                .sorted()
                .toList();
    }

    private boolean isLogged(String key) {
        return classes.values().stream()
                .anyMatch(each -> each.writers() == Writers.LIBRARY && key.startsWith(each.prefix()));
    }

    private void tick() {
        long now = clock.tick();
        try {
            links.tick();
        } finally {
            caches.values().forEach(cache -> cache.endOverdueReads(now));
        }
        if (probe != null) {
            probe.tick();
        }
    }

    /// The cache of the class `name`; one codec for each class.
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
    public <V> LoadingCache<V> loadingCache(String name, Codec<V> codec, Loader<V> loader) {
        CacheClass policy = policyOf(name);
        LoadLimits limits = policy.loading()
                .orElseThrow(() -> new IllegalArgumentException(
                        "class " + name + " has no loading in its policy: add its limits"));
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
                new Loads<>(limits, loader, fills, clock::nanoTime, timer, listeners),
                fills,
                quarantine,
                invalidator,
                new StoredReads<>(near, limits, early, generations, clock),
                new LoadedAnswers<>(policy, limits, codec, clock),
                listeners);
        loadingCaches.add(cache);
        return cache;
    }

    /// The cache of the class `name`, whose values are hashes; one codec for each class, that of the fields.
    public <V> FieldCache<V> fieldCache(String name, Codec<V> codec) {
        CacheClass policy = policyOf(name);
        if (policy.fieldsMax().isEmpty()) {
            throw new IllegalArgumentException(
                    "class " + name + " does not say that its values are hashes: say `fields-max` in its policy");
        }
        FieldCache<V> cache = new FieldCache<>(policy, codec, links, routing, latency, clock, readTimeout);
        if (fieldCaches.putIfAbsent(name, cache) != null) {
            throw alreadyBuilt(policy);
        }
        return cache;
    }

    private static IllegalStateException alreadyBuilt(CacheClass policy) {
        return new IllegalStateException("the cache of class " + policy.name() + " was already built");
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
    public Invalidation invalidateTag(String tag) {
        return invalidator.tag(tag);
    }

    /// Lets `write` change the source of everything with `tag`: who reads it by [#together] never sees it in part.
    /// Meanwhile single reads go on; what they load counts until the end of the change.
    ///
    /// @param atMost how long the change may take; a writer who dies holds readers of the group up for so long
    /// @throws CacheException.Unavailable when another change of the group is under way for longer than a read may
    ///     take, or when this one took longer than `atMost`
    public Invalidation change(String tag, Duration atMost, Runnable write) {
        return invalidator.change(tag, atMost, write);
    }

    /// What `reads` returns when all values with `tag` that it read, of whatever class, belong to one state of the
    /// group; it is called again while changes come in between.
    ///
    /// @throws CacheException.Unavailable when the group was being changed for longer than a read may take
    public <T> T together(String tag, Supplier<T> reads) {
        return invalidator.together(tag, reads);
    }

    /// Lets `listener` hear how invalidations go from now on; no second time what is equal to one that does.
    public void addInvalidationListener(InvalidationListener listener) {
        latency.add(listener);
    }

    /// How long this client's writes and invalidations took from the call to the drop in its own near-caches, by way of
    /// the server, in nanoseconds. Empty under [Tracking#OPT_IN], where not every write is told.
    public Histogram invalidationLatency() {
        return latency.snapshot();
    }

    Invalidator invalidator() {
        return invalidator;
    }

    private void follow() {
        String consumer = UUID.randomUUID().toString();
        for (String name : followed) {
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
        if (caches.putIfAbsent(policy.name(), cache) != null) {
            throw alreadyBuilt(policy);
        }
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
        return caches.values().stream()
                .<NearCache<?>>map(each -> each)
                .filter(each -> !each.policy().prefix().startsWith(CachePolicy.RESERVED))
                .toList();
    }

    /// The caches with loading that were built so far; each is one of [#nearCaches] too.
    public List<LoadingCache<?>> loadingCaches() {
        return List.copyOf(loadingCaches);
    }

    /// The caches of hashes that were built so far.
    public List<FieldCache<?>> fieldCaches() {
        return List.copyOf(fieldCaches.values());
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

    /// Ends the link; reads fail from now on.
    @Override
    public void close() {
        streams.forEach(InvalidationStream::close);
        loadingCaches.forEach(LoadingCache::close);
        timer.shutdownNow();
        links.close();
        driver.shutdown(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS);
        resources
                .shutdown(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
        // Nobody is left to answer the others.
        long end = clock.nanoTime() + readTimeout.toNanos();
        caches.values().forEach(cache -> cache.endOverdueReads(end));
    }

    /// Waits for the first links for as long as a read may take. A server that is absent may come later; one that
    /// refuses will go on refusing.
    private void awaitFirstLink() {
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

    /// Hands each drop to the class that the key belongs to.
    private final class Router implements ServerLink.Drops {
        @Override
        public void drop(String key) {
            // Generations are kept once for each class that looks at them.
            for (NearCache<?> cache : caches.values()) {
                if (key.startsWith(cache.policy().prefix())) {
                    cache.drop(key);
                }
            }
            of(key).ifPresent(cache -> cache.drop(key));
        }

        private Optional<FieldCache<?>> of(String key) {
            for (FieldCache<?> cache : fieldCaches.values()) {
                if (cache.owns(key)) {
                    return Optional.of(cache);
                }
            }
            return Optional.empty();
        }

        @Override
        public void dropFields(String key, Set<String> fields) {
            Optional<FieldCache<?>> cache = of(key);
            if (cache.isPresent()) {
                cache.get().drop(key, fields);
            } else {
                drop(key);
            }
        }

        @Override
        public void doubt(String key, long provedNanos) {
            of(key).ifPresent(cache -> cache.doubt(key, provedNanos));
        }

        @Override
        public void dropIf(Predicate<String> key) {
            caches.values().forEach(cache -> cache.dropIf(key));
            fieldCaches.values().forEach(cache -> cache.dropIf(key));
        }

        @Override
        public void carry(Proof proof, long before, long now, CatchUp caughtUp) {
            caches.values().forEach(cache -> cache.carry(proof, before, now, caughtUp));
        }

        @Override
        public void pushed(String key) {
            streams.forEach(stream -> stream.changed(key));
            latency.pushed(key);
        }

        @Override
        public void dropAll() {
            latency.gap();
            if (isFreeing.compareAndSet(false, true)) {
                Thread.ofVirtual().name("cachewright-free").start(() -> {
                    isFreeing.set(false);
                    caches.values().forEach(NearCache::freeDropped);
                    fieldCaches.values().forEach(FieldCache::freeDropped);
                });
            }
        }
    }

    /// For the deployment at `uri`: `redis://user:password@host:port/db` (`rediss://` with TLS) for one server,
    /// `redis-sentinel://host,host#name` for a primary that Sentinels watch, `redis-cluster://host,host` for a
    /// cluster of which these nodes are asked first; `valkey` may stand in place of `redis`.
    public static Builder builder(String uri) {
        return new Builder(uri);
    }

    /// Gathers what a client needs.
    public static final class Builder {

        private static final Duration DETECTION_DEFAULT = Duration.ofMillis(250);
        private static final Duration READ_TIMEOUT_DEFAULT = Duration.ofSeconds(1);
        private static final Duration PROBED_MIN = Duration.ofMillis(10);

        private final String uri;
        private final List<CacheClass> classes = new ArrayList<>();
        private Duration detection = DETECTION_DEFAULT;
        private Duration readTimeout = READ_TIMEOUT_DEFAULT;
        private Tracking tracking = Tracking.BROADCAST;
        private HitClock hitClock = HitClock.PRECISE;
        private @Nullable LinkClock clock;
        private Links.LinkFactory links = ServerLink::new;
        private UnaryOperator<NodeAddress> mapping = UnaryOperator.identity();
        private final Set<String> followed = new LinkedHashSet<>();
        private @Nullable RedisCredentials sentinelCredentials;
        private @Nullable Duration probed;

        private Builder(String uri) {
            this.uri = uri;
        }

        public Builder cacheClass(CacheClass policy) {
            classes.add(policy);
            return this;
        }

        /// All classes of a policy, as a file says it: [CachePolicy#parse].
        public Builder policy(CachePolicy policy) {
            classes.addAll(policy.classes());
            return this;
        }

        /// How soon a link that fell silent is suspected; a fifth of it lies between two heartbeats.
        public Builder detectWithin(Duration wanted) {
            detection = wanted;
            return this;
        }

        /// How long a read or write may take.
        public Builder readTimeout(Duration wanted) {
            readTimeout = wanted;
            return this;
        }

        public Builder tracking(Tracking wanted) {
            tracking = wanted;
            return this;
        }

        /// The clock by which near hits of bounded classes are judged; the precise one unless set otherwise.
        public Builder hitClock(HitClock wanted) {
            hitClock = wanted;
            return this;
        }

        Builder clock(LinkClock wanted) {
            clock = wanted;
            return this;
        }

        /// Carries out the invalidations that anybody, in any language, adds to the stream
        /// `cachewright:events:NAME` as fields `key`, `tag` or `class`, with what follows from them by the
        /// cascades. One client of all that follow the stream does each of them, at least once. Who adds to it
        /// bounds its length (`XADD … MAXLEN ~ 10000`).
        public Builder followInvalidations(String name) {
            followed.add(name);
            return this;
        }

        /// Measures how long news takes to reach this client, by writing a key of its own about so often:
        /// for clients that write little themselves. Every client that probes hears of the probes of all
        /// others, so let few do it, or rarely.
        public Builder probeInvalidations(Duration every) {
            probed = every;
            return this;
        }

        /// What the Sentinels themselves want to hear, where that is anything; those of the URI are for the servers
        /// that they watch. An empty `user` is the default one.
        public Builder sentinelCredentials(String user, String password) {
            sentinelCredentials = RedisCredentials.just(user.isEmpty() ? null : user, password);
            return this;
        }

        Builder links(Links.LinkFactory wanted) {
            links = wanted;
            return this;
        }

        /// How the addresses that servers tell of each other are reached from here.
        Builder mapping(UnaryOperator<NodeAddress> wanted) {
            mapping = wanted;
            return this;
        }

        /// Connects. When the server is absent, the client starts all the same and keeps trying.
        ///
        /// @throws io.cachewright.domain.InvalidInput with everything that is wrong with the settings
        /// @throws CacheException.Rejected when the server refuses a coherent link
        public CachewrightClient build() {
            check();
            CachewrightClient client = new CachewrightClient(this);
            client.awaitFirstLink();
            client.follow();
            return client;
        }

        private void check() {
            Problems problems = new Problems("cachewright client");
            if (detection.compareTo(Duration.ofMillis(1)) < 0) {
                problems.add("detectWithin must be at least 1 ms, was " + detection);
            }
            if (readTimeout.compareTo(Duration.ofMillis(1)) < 0) {
                problems.add("readTimeout must be at least 1 ms, was " + readTimeout);
            }
            if (probed != null && probed.compareTo(PROBED_MIN) < 0) {
                problems.add("probeInvalidations must be at least " + PROBED_MIN.toMillis() + " ms, was "
                        + probed.toMillis() + " ms");
            }
            if (probed != null && tracking == Tracking.OPT_IN) {
                problems.add("probeInvalidations needs broadcast tracking: with opt-in, servers tell only of keys that"
                        + " were read");
            }
            boolean hasLog = classes.stream().anyMatch(each -> each.writers() == Writers.LIBRARY);
            classes.stream()
                    .map(CacheClass::prefix)
                    .filter(prefix ->
                            hasLog && (prefix.startsWith(LogKeys.PREFIX) || LogKeys.PREFIX.startsWith(prefix)))
                    .forEach(prefix -> problems.add("prefix " + prefix + " overlaps " + LogKeys.PREFIX
                            + ", where this library logs its writes"));
            try {
                var _ = new CachePolicy(classes);
            } catch (InvalidInput e) {
                e.problems().forEach(problems::add);
            }
            problems.throwIfAny();
        }
    }
}
