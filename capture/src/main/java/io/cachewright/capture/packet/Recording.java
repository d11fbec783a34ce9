package io.cachewright.capture.packet;

import io.cachewright.capture.command.CaptureLimits;
import io.cachewright.capture.command.CapturedCommand;
import io.cachewright.capture.command.Client;
import io.cachewright.capture.command.Coverage;
import java.util.function.Consumer;

/// One reading of a packet capture: where commands and notes of all its connections come together.
final class Recording {

    private final CaptureLimits limits;
    private final Coverage.Notes notes;
    private final InTimeOrder commands;
    private long nowNanos;
    private int clients;
    private long count;
    private long unanswered;
    private long pushes;
    private long firstNanos = Long.MAX_VALUE;
    private long lastNanos = Long.MIN_VALUE;

    Recording(CaptureLimits limits, Coverage.Notes notes, Consumer<? super CapturedCommand> commands) {
        this.limits = limits;
        this.notes = notes;
        this.commands = new InTimeOrder(commands);
    }

    CaptureLimits limits() {
        return limits;
    }

    Coverage.Notes notes() {
        return notes;
    }

    Client newClient(String address) {
        return new Client(clients++, address, Client.Kind.NETWORK);
    }

    void now(long timeNanos) {
        nowNanos = timeNanos;
    }

    void command(CapturedCommand command) {
        count++;
        unanswered += command.answer().isEmpty() ? 1 : 0;
        firstNanos = Math.min(firstNanos, command.timeNanos());
        lastNanos = Math.max(lastNanos, command.timeNanos());
        commands.add(command, nowNanos);
    }

    void pushed() {
        pushes++;
    }

    Coverage finish(long bytesRead, long clockResolutionNanos) {
        commands.flush();
        notes.add("commands without a reply that is surely theirs", unanswered);
        notes.add("messages that servers pushed", pushes);
        return new Coverage(
                count,
                bytesRead,
                count == 0 ? 0 : firstNanos,
                count == 0 ? 0 : lastNanos,
                clockResolutionNanos,
                notes.toList());
    }
}
