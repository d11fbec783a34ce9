package io.cachewright.runtime.wire;

/// Bytes that are not what they should be: a decode error, which counts as a miss.
///
/// Carries no stack trace, so that a shared cache full of poison costs each reader a miss and little more.
public final class MalformedBytes extends RuntimeException {

    public MalformedBytes(String message) {
        super(message, null, false, false);
    }
}
