package io.cachewright.lab.wire;

import java.io.IOException;

/// The peer sent what is not the Redis protocol, or more than the limits allow. Nothing after it can be trusted.
public final class MalformedReply extends IOException {

    MalformedReply(String message) {
        super(message);
    }
}
