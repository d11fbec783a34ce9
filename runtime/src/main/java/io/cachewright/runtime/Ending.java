package io.cachewright.runtime;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;

/// Tells when a connection has ended.
record Ending(Runnable then) implements RedisConnectionStateListener {

    @Override
    public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
        then.run();
    }
}
