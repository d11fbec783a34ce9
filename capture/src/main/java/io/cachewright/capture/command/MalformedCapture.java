package io.cachewright.capture.command;

import java.io.IOException;

/// A capture that breaks its own format; the message says where.
public final class MalformedCapture extends IOException {

    /// @param source the file, for people
    /// @param offset in bytes from its beginning (from the beginning of what was decompressed)
    public MalformedCapture(String source, long offset, String problem) {
        super(source + ", byte " + offset + ": " + problem);
    }
}
