package io.cachewright.runtime;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.CachePolicy;
import io.lettuce.core.RedisCredentials;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Gathers what a client needs. Nothing is checked before [#build], which tells all mistakes at once.
public final class CachewrightClientBuilder {

    private static final Duration DETECTION_DEFAULT = Duration.ofMillis(250);
    private static final Duration READ_TIMEOUT_DEFAULT = Duration.ofSeconds(1);

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

    CachewrightClientBuilder(String uri) {
        this.uri = uri;
    }

    /// One class of keys more; prefixes of classes must not overlap.
    public CachewrightClientBuilder cacheClass(CacheClass policy) {
        classes.add(policy);
        return this;
    }

    /// All classes of a policy, as a file says it: [CachePolicy#parse].
    public CachewrightClientBuilder policy(CachePolicy policy) {
        classes.addAll(policy.classes());
        return this;
    }

    /// How soon a link that fell silent is suspected, 1 ms to 1 d; a fifth of it lies between two heartbeats. 250 ms
    /// unless set.
    public CachewrightClientBuilder detectWithin(Duration wanted) {
        detection = wanted;
        return this;
    }

    /// How long a read or write may take, 1 ms to 1 d, and [#build] wait for a server that is absent. 1 s unless set.
    public CachewrightClientBuilder readTimeout(Duration wanted) {
        readTimeout = wanted;
        return this;
    }

    /// How servers know which invalidations to send; by the prefixes of all classes unless set otherwise.
    public CachewrightClientBuilder tracking(Tracking wanted) {
        tracking = wanted;
        return this;
    }

    /// The clock by which near hits of bounded classes are judged; the precise one unless set otherwise.
    public CachewrightClientBuilder hitClock(HitClock wanted) {
        hitClock = wanted;
        return this;
    }

    CachewrightClientBuilder clock(LinkClock wanted) {
        clock = wanted;
        return this;
    }

    /// Carries out the invalidations that anybody, in any language, adds to the stream
    /// `cachewright:events:NAME` as fields `key`, `tag` or `class`, with what follows from them by the
    /// cascades. One client of all that follow the stream does each of them, at least once. Who adds to it
    /// bounds its length (`XADD … MAXLEN ~ 10000`).
    public CachewrightClientBuilder followInvalidations(String name) {
        followed.add(name);
        return this;
    }

    /// Measures how long news takes to reach this client, by writing a key of its own about so often:
    /// for clients that write little themselves. Every client that probes hears of the probes of all
    /// others, so let few do it, or rarely. 10 ms at least, and with [Tracking#BROADCAST] only.
    public CachewrightClientBuilder probeInvalidations(Duration every) {
        probed = every;
        return this;
    }

    /// What the Sentinels themselves want to hear, where that is anything; those of the URI are for the servers
    /// that they watch. An empty `user` is the default one.
    public CachewrightClientBuilder sentinelCredentials(String user, String password) {
        sentinelCredentials = RedisCredentials.just(user.isEmpty() ? null : user, password);
        return this;
    }

    CachewrightClientBuilder links(Links.LinkFactory wanted) {
        links = wanted;
        return this;
    }

    /// How the addresses that servers tell of each other are reached from here.
    CachewrightClientBuilder mapping(UnaryOperator<NodeAddress> wanted) {
        mapping = wanted;
        return this;
    }

    /// Connects. When the server is absent, the client starts all the same and keeps trying.
    ///
    /// @throws io.cachewright.domain.InvalidInput with everything that is wrong with the settings, the form of the
    ///     URI and the classes included
    /// @throws CacheException.Rejected when the server refuses a coherent link
    public CachewrightClient build() {
        LinkClock given = clock;
        ClientSettings settings = new ClientSettings(
                uri,
                List.copyOf(classes),
                detection,
                readTimeout,
                tracking,
                List.copyOf(followed),
                Optional.ofNullable(probed),
                Optional.ofNullable(sentinelCredentials));
        settings.check();
        CachewrightClient client =
                new CachewrightClient(settings, given == null ? new LinkClock(hitClock) : given, links, mapping);
        client.awaitFirstLink();
        client.follow();
        return client;
    }
}
