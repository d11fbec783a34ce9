package io.cachewright.spring;

import io.lettuce.core.RedisURI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;

/// The server that Spring Data's own properties name, so that it need not be said twice.
final class ServerUri {

    private static final String SPRING_DATA_REDIS = "spring.data.redis";

    private ServerUri() {}

    /// The part of `spring.data.redis` that says where the server is.
    record SpringDataRedis(
            @Nullable String url,
            @DefaultValue("localhost") String host,
            @DefaultValue("6379") int port,
            @DefaultValue("0") int database,
            @Nullable String username,
            @Nullable String password,
            @DefaultValue Ssl ssl,
            @Nullable Nodes sentinel,
            @Nullable Nodes cluster) {}

    record Ssl(@DefaultValue("false") boolean enabled) {}

    record Nodes(@DefaultValue List<String> nodes) {}

    static String of(Environment environment) {
        SpringDataRedis redis =
                Binder.get(environment).bindOrCreate(SPRING_DATA_REDIS, Bindable.of(SpringDataRedis.class));
        if (redis.sentinel() != null || redis.cluster() != null) {
            throw new IllegalStateException("spring.data.redis names a Sentinel set or a cluster;"
                    + " say the server in cachewright.uri instead");
        }
        return redis.url() == null ? assembled(redis) : redis.url();
    }

    private static String assembled(SpringDataRedis redis) {
        RedisURI.Builder uri = RedisURI.builder()
                .withHost(redis.host())
                .withPort(redis.port())
                .withDatabase(redis.database())
                .withSsl(redis.ssl().enabled());
        String password = redis.password();
        if (password != null) {
            if (redis.username() == null) {
                uri.withPassword(password.toCharArray());
            } else {
                uri.withAuthentication(redis.username(), password.toCharArray());
            }
        }
        return uri.build().toURI().toString();
    }
}
