package io.cachewright.runtime;

import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterURIUtil;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the URI of a client names.
sealed interface Deployment {

    record Standalone(RedisURI uri) implements Deployment {}

    /// @param name by which the Sentinels know the primary
    /// @param node everything about a data server but its address
    record Sentinels(List<RedisURI> sentinels, String name, RedisURI node) implements Deployment {}

    /// @param seeds nodes to ask first
    record Cluster(List<RedisURI> seeds) implements Deployment {}

    /// Reads `redis://`, `rediss://`, `redis-sentinel://host,host#name`, `redis-cluster://host,host`, and the same with
    /// `valkey` in place of `redis`.
    ///
    /// @param ofSentinels credentials of the Sentinels themselves; null for none
    /// @throws IllegalArgumentException when it is none of them
    static Deployment parse(String text, Duration timeout, @Nullable RedisCredentials ofSentinels) {
        Deployment deployment = parse(text, timeout);
        if (ofSentinels != null) {
            if (!(deployment instanceof Sentinels(List<RedisURI> sentinels, String _, RedisURI _))) {
                throw new IllegalArgumentException("credentials of Sentinels are for redis-sentinel:// only");
            }
            RedisCredentialsProvider provider = RedisCredentialsProvider.from(() -> ofSentinels);
            sentinels.forEach(sentinel -> sentinel.setCredentialsProvider(provider));
        }
        return deployment;
    }

    /// What `text` names.
    ///
    /// @throws IllegalArgumentException with what it should look like, and without a password that it may hold
    private static Deployment parse(String text, Duration timeout) {
        try {
            return parsed(text, timeout);
        } catch (IllegalArgumentException e) {
            String reason = String.valueOf(e.getMessage()).replaceAll(":.*@", ": ***@");
            // The cause would show the password.
            throw new IllegalArgumentException(
                    "the URI must be redis://user:password@host:port/db, rediss:// (with TLS),"
                            + " redis-sentinel://host,host#name or redis-cluster://host,host: " + reason);
        }
    }

    private static Deployment parsed(String text, Duration timeout) {
        String uri = text.startsWith("valkey") ? "redis" + text.substring("valkey".length()) : text;
        if (uri.startsWith("redis-cluster://") || uri.startsWith("rediss-cluster://")) {
            List<RedisURI> seeds = RedisClusterURIUtil.toRedisURIs(URI.create(uri.replaceFirst("-cluster://", "://")));
            seeds.forEach(seed -> seed.setTimeout(timeout));
            return new Cluster(List.copyOf(seeds));
        }
        RedisURI parsed = RedisURI.create(uri);
        parsed.setTimeout(timeout);
        if (parsed.getSentinels().isEmpty()) {
            return new Standalone(parsed);
        }
        String name = parsed.getSentinelMasterId();
        if (name == null || name.isEmpty()) {
            throw new IllegalArgumentException(
                    "redis-sentinel:// needs the name of the primary: redis-sentinel://host#name");
        }
        return new Sentinels(List.copyOf(parsed.getSentinels()), name, parsed);
    }

    /// `node` at another address.
    static RedisURI at(RedisURI node, NodeAddress address) {
        RedisURI.Builder builder = RedisURI.builder()
                .withHost(address.host())
                .withPort(address.port())
                .withSsl(node.isSsl())
                .withVerifyPeer(node.getVerifyMode())
                .withDatabase(node.getDatabase())
                .withTimeout(node.getTimeout());
        RedisURI uri = builder.build();
        uri.setCredentialsProvider(node.getCredentialsProvider());
        return uri;
    }
}
