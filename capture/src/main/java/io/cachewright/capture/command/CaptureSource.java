package io.cachewright.capture.command;

import java.io.IOException;
import java.io.InputStream;

/// Where the bytes of a capture come from: opened anew for each reading.
@FunctionalInterface
public interface CaptureSource {
    InputStream open() throws IOException;
}
