package io.cachewright.capture.command;

import java.io.IOException;
import java.util.function.Consumer;

/// Commands that were captured and can be read, any number of times.
public interface Capture {

    /// What it is, for people: `MONITOR output`, `packet capture (pcapng)`.
    String kind();

    /// Hands over every command, each connection's in the order it sent them. Across connections they come in order
    /// of time, except that a command whose answer took longer than 100 ms may come after later ones.
    ///
    /// Memory does not grow with the capture.
    ///
    /// @return what was read, and what could not be
    /// @throws MalformedCapture when the source breaks off its own format in a way that nothing after it can be
    /// trusted; commands before it have been handed over
    Coverage read(Consumer<? super CapturedCommand> commands) throws IOException;
}
