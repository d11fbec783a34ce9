package io.cachewright.runtime;

import io.cachewright.runtime.coherence.LinkBounds;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// The driver and its threads, set up so that links are mended by this library alone.
record Driver(RedisClient client, ClientResources resources) implements AutoCloseable {

    private static final long SHUTDOWN_SECONDS = 5;

    static Driver open(LinkBounds bounds, Duration readTimeout) {
        ClientResources resources = DefaultClientResources.builder()
                .ioThreadPoolSize(2)
                .computationThreadPoolSize(2)
                .commandLatencyRecorder(CommandLatencyRecorder.disabled())
                .nettyCustomizer(new LinkPipeline())
                .build();
        RedisClient client = RedisClient.create(resources);
        client.setOptions(ClientOptions.builder()
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
        return new Driver(client, resources);
    }

    @Override
    public void close() {
        client.shutdown(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS);
        resources
                .shutdown(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
    }
}
