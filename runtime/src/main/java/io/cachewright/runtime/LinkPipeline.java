package io.cachewright.runtime;

import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.handler.flush.FlushConsolidationHandler;

/// What the connections of a client have beyond the driver's own.
///
/// Commands of many threads that reach a connection together leave it together, with one call of the system: while
/// answers are being handled, and otherwise at the end of what the event loop has at hand. A command that comes alone
/// leaves at once. Reads go by a [ReadWire].
final class LinkPipeline implements NettyCustomizer {

    /// Bytes must not wait behind more commands than this.
    private static final int COMMANDS_A_FLUSH_MAX = 256;

    @Override
    public void afterChannelInitialized(Channel channel) {
        channel.pipeline().addFirst(new FlushConsolidationHandler(COMMANDS_A_FLUSH_MAX, true));
        channel.pipeline().addLast(new ReadWire());
    }
}
