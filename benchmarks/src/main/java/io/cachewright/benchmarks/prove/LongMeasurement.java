package io.cachewright.benchmarks.prove;

import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.Command;
import io.cachewright.lab.wire.WireConnection;
import java.time.Duration;
import java.util.Arrays;

/// How much more server time one command takes than another, measured without the prover: both on one and the same
/// server, in turns of some milliseconds, for many seconds, all of it added up. Most commands are due at a rate that
/// leaves the server idle half of the time, as in a proof: a server that has to wake up for each command spends more on
/// everything but the command, and the same command makes a smaller difference.
final class LongMeasurement {

    /// Due at a fixed rate, then one right after the other: about the parts that a proof's slice has of each.
    private static final int TIMED_PER_TURN = 130;

    private static final int RUSHED_PER_TURN = 70;
    private static final int COMMANDS_PER_TURN = TIMED_PER_TURN + RUSHED_PER_TURN;

    /// The server is busy for half of the time.
    private static final double INTERVAL_FACTOR = 2;

    private static final int WARM_UP_COMMANDS = 5_000;
    private static final int BATCHES = 10;

    private LongMeasurement() {}

    /// @param change relative: 0.05 is 5 % more
    /// @param error standard error of `change`, from ten batches
    record Result(double change, double error, double microsPerCommand) {}

    static Result compare(Command usual, Command changed, Duration length) {
        try (RedisServer server = RedisServer.start(ServerSettings.onUnixSocket());
                WireConnection connection = server.connect();
                WireConnection control = server.connect()) {
            RangeRead.fill().forEach(connection::call);
            long interval = Math.round(INTERVAL_FACTOR * nanosPerCommand(connection, changed));
            runFor(connection, control, usual, changed, interval, length.dividedBy(BATCHES));
            double[] changes = new double[BATCHES];
            double micros = 0;
            for (int batch = 0; batch < BATCHES; batch++) {
                double[] seconds = runFor(connection, control, usual, changed, interval, length.dividedBy(BATCHES));
                changes[batch] = seconds[1] / seconds[0] - 1;
                micros += seconds[0] / seconds[2] * 1e6 / BATCHES;
            }
            double mean = Arrays.stream(changes).average().orElseThrow();
            double squares = Arrays.stream(changes)
                    .map(one -> (one - mean) * (one - mean))
                    .sum();
            return new Result(mean, Math.sqrt(squares / (BATCHES - 1) / BATCHES), micros);
        }
    }

    /// Server seconds of the usual command, of the changed one, and how many of each were sent.
    private static double[] runFor(
            WireConnection connection,
            WireConnection control,
            Command usual,
            Command changed,
            long intervalNanos,
            Duration length) {
        double[] seconds = new double[3];
        long end = System.nanoTime() + length.toNanos();
        for (int turn = 0; System.nanoTime() - end < 0; turn++) {
            // A B B A: a drift of the machine hits both alike.
            boolean usualFirst = turn % 2 == 0;
            seconds[usualFirst ? 0 : 1] += turn(connection, control, usualFirst ? usual : changed, intervalNanos);
            seconds[usualFirst ? 1 : 0] += turn(connection, control, usualFirst ? changed : usual, intervalNanos);
            seconds[2] += COMMANDS_PER_TURN;
        }
        return seconds;
    }

    private static double turn(WireConnection connection, WireConnection control, Command command, long intervalNanos) {
        double before = cpuSeconds(control);
        long due = System.nanoTime();
        for (int i = 0; i < TIMED_PER_TURN; i++) {
            while (System.nanoTime() - due < 0) {
                Thread.onSpinWait();
            }
            connection.call(command);
            due += intervalNanos;
        }
        for (int i = 0; i < RUSHED_PER_TURN; i++) {
            connection.call(command);
        }
        return cpuSeconds(control) - before;
    }

    /// The median of a warm-up.
    private static double nanosPerCommand(WireConnection connection, Command command) {
        long[] nanos = new long[WARM_UP_COMMANDS];
        for (int i = 0; i < WARM_UP_COMMANDS; i++) {
            long start = System.nanoTime();
            connection.call(command);
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        return (double) nanos[WARM_UP_COMMANDS / 2];
    }

    private static double cpuSeconds(WireConnection control) {
        return control.call("INFO", "cpu")
                .text()
                .lines()
                .filter(line -> line.startsWith("used_cpu_user:") || line.startsWith("used_cpu_sys:"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(':') + 1)))
                .sum();
    }
}
