package io.cachewright.runtime;

import io.lettuce.core.RedisURI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Where a link goes to; asked anew at each attempt to connect.
interface Endpoint {

    CompletionStage<RedisURI> locate();

    /// Whether that would lead to `located` still.
    default boolean isStill(RedisURI located) {
        return true;
    }

    static Endpoint fixed(RedisURI uri) {
        return new Endpoint() {
            @Override
            public CompletionStage<RedisURI> locate() {
                return CompletableFuture.completedStage(uri);
            }

            @Override
            public String toString() {
                // Without what this library itself has added to it.
                return uri.toString().replaceFirst("\\?.*", "");
            }
        };
    }
}
