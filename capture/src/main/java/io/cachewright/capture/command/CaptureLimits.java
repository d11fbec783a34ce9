package io.cachewright.capture.command;

/// What is kept of a command while a capture is read; true lengths are always known.
///
/// @param argumentBytesMax kept of each argument
/// @param commandBytesMax kept of all arguments of one command
public record CaptureLimits(int argumentBytesMax, int commandBytesMax) {

    /// Enough of a value to see what it is.
    public static final CaptureLimits ANALYSIS = new CaptureLimits(4 << 10, 256 << 10);

    /// All of it, as for replays: up to what a server accepts by default.
    public static final CaptureLimits WHOLE = new CaptureLimits(512 << 20, 1 << 30);

    public CaptureLimits {
        if (argumentBytesMax < 1 || commandBytesMax < argumentBytesMax) {
            throw new IllegalArgumentException(
                    "limits must be positive, and of a command at least those of an argument, were " + argumentBytesMax
                            + " and " + commandBytesMax);
        }
    }

    public Arguments.Builder newBuilder() {
        return new Arguments.Builder(argumentBytesMax, commandBytesMax);
    }
}
