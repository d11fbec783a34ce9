package io.cachewright.capture.packet;

import io.cachewright.capture.command.CapturedCommand;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/// Commands become known when they are answered; this hands them on in the order in which they were sent, as far as
/// a short wait allows.
final class InTimeOrder {

    static final long WAIT_NANOS = 100_000_000;
    private static final int WAITING_MAX = 1 << 15;
    private static final long WAITING_BYTES_MAX = 64L << 20;

    private final Consumer<? super CapturedCommand> commands;
    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>(
            Comparator.comparingLong((Waiting one) -> one.command().timeNanos()).thenComparingLong(Waiting::order));
    private long waitingBytes;
    private long order;

    private record Waiting(CapturedCommand command, long order) {}

    InTimeOrder(Consumer<? super CapturedCommand> commands) {
        this.commands = commands;
    }

    /// @param nowNanos the time of the packet that is being read
    void add(CapturedCommand command, long nowNanos) {
        waiting.add(new Waiting(command, order++));
        waitingBytes += command.requestBytes();
        while (!waiting.isEmpty()
                && (waiting.element().command().timeNanos() + WAIT_NANOS < nowNanos
                        || waiting.size() > WAITING_MAX
                        || waitingBytes > WAITING_BYTES_MAX)) {
            handOn();
        }
    }

    void flush() {
        while (!waiting.isEmpty()) {
            handOn();
        }
    }

    private void handOn() {
        CapturedCommand command = waiting.remove().command();
        waitingBytes -= command.requestBytes();
        commands.accept(command);
    }
}
