package io.cachewright.spring;

import io.cachewright.domain.Problems;
import io.cachewright.runtime.CachewrightClient;
import io.cachewright.runtime.CachewrightClientBuilder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;

/// The servers that Spring Data's own properties name, so that they need not be said twice: a Sentinel set, else
/// a cluster, else one server, as Spring Data reads them.
///
/// @param redis the part of `spring.data.redis` that says where the servers are
record SpringServers(SpringDataRedis redis) {

    private static final String PREFIX = "spring.data.redis";

    record SpringDataRedis(
            @Nullable String url,
            @DefaultValue("localhost") String host,
            @DefaultValue("6379") int port,
            @DefaultValue("0") int database,
            @Nullable String username,
            @Nullable String password,
            @DefaultValue Ssl ssl,
            @Nullable Sentinel sentinel,
            @Nullable Nodes cluster,
            @Nullable Nodes masterreplica) {}

    record Ssl(
            @DefaultValue("false") boolean enabled,
            @Nullable String bundle) {}

    record Sentinel(
            @Nullable String master,
            @DefaultValue List<String> nodes,
            @Nullable String username,
            @Nullable String password) {}

    record Nodes(@DefaultValue List<String> nodes) {}

    /// @throws io.cachewright.domain.InvalidInput with everything that is wrong with them
    static SpringServers of(Environment environment) {
        return new SpringServers(Binder.get(environment).bindOrCreate(PREFIX, Bindable.of(SpringDataRedis.class)));
    }

    SpringServers {
        Problems problems = new Problems(PREFIX);
        Sentinel sentinel = redis.sentinel;
        if (sentinel != null && (sentinel.master == null || sentinel.nodes.isEmpty())) {
            problems.add("sentinel needs both master and nodes");
        }
        if (redis.cluster != null && redis.cluster.nodes.isEmpty()) {
            problems.add("cluster needs nodes");
        }
        if (redis.cluster != null && redis.database != 0) {
            problems.add("database must be 0 for a cluster, which has no other, was " + redis.database);
        }
        if (redis.masterreplica != null) {
            problems.add("masterreplica is not taken over, since replicas are not read: name the primary in"
                    + " cachewright.uri");
        }
        if (redis.ssl.bundle != null) {
            problems.add("ssl.bundle is not taken over: say rediss:// in cachewright.uri, with certificates that the"
                    + " JVM trusts");
        }
        problems.throwIfAny();
    }

    /// For a client of these servers.
    CachewrightClientBuilder builder() {
        CachewrightClientBuilder builder = CachewrightClient.builder(uri());
        if (redis.sentinel != null && redis.sentinel.password != null) {
            builder.sentinelCredentials(
                    redis.sentinel.username == null ? "" : redis.sentinel.username, redis.sentinel.password);
        }
        return builder;
    }

    String uri() {
        String scheme = redis.ssl.enabled ? "rediss" : "redis";
        if (redis.sentinel != null) {
            return scheme + "-sentinel://" + userInfo() + String.join(",", redis.sentinel.nodes) + "/" + redis.database
                    + "#" + redis.sentinel.master;
        }
        if (redis.cluster != null) {
            return scheme + "-cluster://" + userInfo() + String.join(",", redis.cluster.nodes);
        }
        return redis.url == null
                ? scheme + "://" + userInfo() + redis.host + ":" + redis.port + "/" + redis.database
                : redis.url;
    }

    private String userInfo() {
        if (redis.password == null) {
            return "";
        }
        String user = redis.username == null ? "" : encoded(redis.username);
        return user + ":" + encoded(redis.password) + "@";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
