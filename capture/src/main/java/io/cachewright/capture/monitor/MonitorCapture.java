package io.cachewright.capture.monitor;

import io.cachewright.capture.command.Capture;
import io.cachewright.capture.command.CaptureLimits;
import io.cachewright.capture.command.CaptureSource;
import io.cachewright.capture.command.CapturedCommand;
import io.cachewright.capture.command.Coverage;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/// The output of MONITOR in a file.
public final class MonitorCapture implements Capture {

    private final CaptureSource source;
    private final CaptureLimits limits;

    public MonitorCapture(CaptureSource source, CaptureLimits limits) {
        this.source = source;
        this.limits = limits;
    }

    @Override
    public String kind() {
        return "MONITOR output";
    }

    @Override
    public Coverage read(Consumer<? super CapturedCommand> commands) throws IOException {
        MonitorReader reader = new MonitorReader(limits, commands);
        try (InputStream input = source.open()) {
            byte[] chunk = new byte[256 << 10];
            for (int count = input.read(chunk); count >= 0; count = input.read(chunk)) {
                reader.feed(chunk, count);
            }
        }
        return reader.finish(true);
    }
}
