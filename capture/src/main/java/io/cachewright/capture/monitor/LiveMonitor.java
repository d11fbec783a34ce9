package io.cachewright.capture.monitor;

import io.cachewright.capture.command.CaptureLimits;
import io.cachewright.capture.command.CapturedCommand;
import io.cachewright.capture.command.Coverage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

/// Runs MONITOR on a server for a bounded while. Only ever on request: while it runs, the server writes every
/// command to this connection too, which cut its throughput to about a half for SET and to nine tenths for GET when
/// measured on Redis 7.0 with a reader that did nothing else.
public final class LiveMonitor {

    private static final byte[] MONITOR = "*1\r\n$7\r\nMONITOR\r\n".getBytes(StandardCharsets.US_ASCII);

    private LiveMonitor() {}

    /// A connection that is signed in and idle; whoever opened it closes it, as MONITOR cannot be ended otherwise.
    public interface Connection {

        /// Sends all of it.
        void send(byte[] bytes) throws IOException;

        /// Fills `buffer` with what arrives within `timeout`.
        ///
        /// @return how many bytes came: 0 when none did in time, -1 when the server closed the connection
        int receive(byte[] buffer, Duration timeout) throws IOException;
    }

    /// When to stop, whichever comes first.
    ///
    /// @param bytes received from the server
    public record Budget(Duration time, long bytes) {
        public Budget {
            if (!time.isPositive() || bytes < 1) {
                throw new IllegalArgumentException(
                        "a budget must be positive, was " + time + " and " + bytes + " bytes");
            }
        }
    }

    /// Hands over commands until the budget is used up or the server closes the connection.
    ///
    /// @throws IOException when the server refuses; the message is the server's
    public static Coverage read(
            Connection connection, Budget budget, CaptureLimits limits, Consumer<? super CapturedCommand> commands)
            throws IOException {
        connection.send(MONITOR);
        MonitorReader reader = new MonitorReader(limits, commands);
        byte[] buffer = new byte[256 << 10];
        long deadline = System.nanoTime() + budget.time().toNanos();
        long received = 0;
        boolean isAnswered = false;
        while (received < budget.bytes()) {
            Duration left = Duration.ofNanos(deadline - System.nanoTime());
            if (!left.isPositive()) {
                break;
            }
            int count = connection.receive(buffer, left);
            if (count < 0) {
                break;
            }
            if (count > 0 && !isAnswered) {
                isAnswered = true;
                if (buffer[0] == '-') {
                    throw new IOException("the server refused MONITOR: "
                            + new String(buffer, 1, count - 1, StandardCharsets.UTF_8).strip());
                }
            }
            received += count;
            reader.feed(buffer, count);
        }
        return reader.finish(false);
    }
}
