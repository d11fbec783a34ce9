package io.cachewright.capture.antipattern;

import com.google.auto.service.AutoService;
import io.cachewright.capture.command.Client;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Connections that send three commands at most, of which there are many, and more than half of all.
/// What a connection says about itself when it begins does not count.
@AutoService(AntiPattern.class)
public final class ConnectionPerRequest implements AntiPattern {

    private static final int COMMANDS_MAX = 3;
    private static final Set<String> GREETINGS = Set.of("HELLO", "AUTH", "CLIENT", "SELECT", "PING", "QUIT", "COMMAND");

    private static boolean isGreeting(String name) {
        int space = name.indexOf(' ');
        return GREETINGS.contains(space < 0 ? name : name.substring(0, space));
    }

    /// What one connection did.
    private static final class Visit {
        private int commands;
        private Observed last;

        Visit(Observed first) {
            this.last = first;
        }
    }

    @Override
    public Facts facts() {
        return new Facts(
                "K5",
                Severity.PERFORMANCE,
                "clients connect for a single request and leave",
                "a pool, or one connection that is shared",
                20);
    }

    @Override
    public Set<String> commands() {
        return Set.of();
    }

    @Override
    public Detector start(Sightings seen) {
        return new Detector() {
            private final Recent<Client, Visit> open = new Recent<>();
            private long connections;
            private long firstNanos = Long.MIN_VALUE;

            @Override
            public void on(Observed command) {
                if (command.client().kind() != Client.Kind.NETWORK) {
                    return;
                }
                if (firstNanos == Long.MIN_VALUE) {
                    firstNanos = command.timeNanos();
                }
                Visit known = open.getOrNew(command.client(), () -> {
                    connections++;
                    return new Visit(command);
                });
                if (!isGreeting(command.name())) {
                    known.commands++;
                    known.last = command;
                }
            }

            @Override
            public void finish() {
                List<Observed> shortOnes = new ArrayList<>();
                open.forEach((_, one) -> {
                    if (one.commands <= COMMANDS_MAX && one.last.timeNanos() > firstNanos) {
                        shortOnes.add(one.last);
                    }
                });
                if (2L * shortOnes.size() > Math.min(connections, Recent.KEPT_MAX)) {
                    shortOnes.forEach(one -> seen.add(new Cost(1, 0, 0), one));
                }
            }
        };
    }
}
