package io.cachewright.runtime;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The links to the servers of one deployment, and which of them answers for a key.
interface Links extends AutoCloseable {

    /// The link to read and write `key` over now; another one perhaps at the next call.
    ServerLink of(String key);

    /// Every link there is just now, at least one.
    List<ServerLink> all();

    /// The link to the node that a redirect names, where there is one; asked of a cluster only.
    ServerLink at(NodeAddress node);

    /// A server says that a key has moved: what is known is looked at anew, soon.
    void moved(Redirect redirect);

    /// Time passes: call it at least once per heartbeat.
    void tick();

    /// Ends all links; their connections end with the driver: see [ServerLink#end].
    @Override
    void close();

    /// Links to whatever `deployment` is; `mapping` says how the addresses that servers tell of each other are reached.
    static Links to(
            Deployment deployment,
            RedisClient client,
            LinkSettings settings,
            Drops drops,
            UnaryOperator<NodeAddress> mapping,
            LinkFactory links) {
        return switch (deployment) {
            case Deployment.Standalone(RedisURI uri) ->
                single(links.link(client, Endpoint.fixed(uri), settings, drops), () -> {}, () -> {});
            case Deployment.Sentinels sentinels -> {
                // The watch and its link know each other: the link asks where to go, the watch says when to leave.
                AtomicReference<@Nullable ServerLink> itsLink = new AtomicReference<>();
                SentinelWatch watch = new SentinelWatch(client, sentinels, settings.clock(), mapping, _ -> {
                    ServerLink link = itsLink.get();
                    if (link != null) {
                        link.relocate();
                    }
                });
                ServerLink link = links.link(client, watch, settings, drops);
                itsLink.set(link);
                yield single(link, watch::tick, watch::close);
            }
            case Deployment.Cluster cluster ->
                new ClusterLinks(
                        client, cluster, settings, mapping, endpoint -> links.link(client, endpoint, settings, drops));
        };
    }

    /// Makes a link; the fault tests put links with a guard switched off here.
    @FunctionalInterface
    interface LinkFactory {
        ServerLink link(RedisClient client, Endpoint endpoint, LinkSettings settings, Drops drops);
    }

    /// One link, wherever it leads to at the time.
    static Links single(ServerLink link, Runnable tick, Runnable close) {
        return new Links() {
            @Override
            public ServerLink of(String key) {
                return link;
            }

            @Override
            public List<ServerLink> all() {
                return List.of(link);
            }

            @Override
            public ServerLink at(NodeAddress node) {
                return link;
            }

            @Override
            public void moved(Redirect redirect) {
                // A server that is no cluster redirects nobody.
            }

            @Override
            public void tick() {
                link.tick();
                tick.run();
            }

            @Override
            public void close() {
                close.run();
                link.end();
            }
        };
    }
}
