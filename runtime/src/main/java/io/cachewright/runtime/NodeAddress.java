package io.cachewright.runtime;

import io.lettuce.core.RedisURI;

/// Where servers say that one of them listens.
///
/// @param host empty for the host that was asked
record NodeAddress(String host, int port) {

    static NodeAddress of(RedisURI uri) {
        return new NodeAddress(uri.getHost(), uri.getPort());
    }

    /// The same with the host of `asked` where this one has none.
    NodeAddress seenFrom(NodeAddress asked) {
        return host.isEmpty() || host.equals("?") ? new NodeAddress(asked.host, port) : this;
    }

    @Override
    public String toString() {
        return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
    }
}
