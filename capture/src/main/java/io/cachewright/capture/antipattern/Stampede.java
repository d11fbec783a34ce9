package io.cachewright.capture.antipattern;

import com.google.auto.service.AutoService;
import io.cachewright.capture.command.Client;
import io.cachewright.capture.command.Key;
import io.cachewright.capture.command.ReplyType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Five clients read a key within 50 ms, and at least two of them then write it.
@AutoService(AntiPattern.class)
public final class Stampede implements AntiPattern {

    private static final int READERS_MIN = 5;
    private static final int READERS_KEPT_MAX = 64;
    private static final long RUSH_NANOS = 50_000_000;
    private static final long FILL_NANOS = 5_000_000_000L;

    /// Who asked for one key lately, and who wrote it then. Of most keys there is one who asked, and nothing more.
    private static final class Rush {

        /// When the first one asked; kept here too, as it is compared with every command.
        private long sinceNanos;

        private @Nullable Observed first;
        private List<Observed> others = List.of();
        private Set<Client> fillers = Set.of();

        void begin(Observed reader) {
            sinceNanos = reader.timeNanos();
            first = reader;
            others = List.of();
            fillers = Set.of();
        }

        void join(Observed reader) {
            if (others.isEmpty()) {
                others = new ArrayList<>();
            }
            others.add(reader);
        }

        /// Whether the client is a new one among those who write.
        boolean fill(Client client) {
            if (fillers.isEmpty()) {
                fillers = new HashSet<>();
            }
            return fillers.add(client);
        }

        int readers() {
            return first == null ? 0 : 1 + others.size();
        }

        /// The read of that client, who has one at most here.
        @Nullable
        Observed readOf(Client client) {
            if (first != null && first.client().equals(client)) {
                return first;
            }
            for (Observed reader : others) {
                if (reader.client().equals(client)) {
                    return reader;
                }
            }
            return null;
        }

        /// Those who asked, then the one who writes.
        List<Observed> with(Observed writer) {
            List<Observed> sequence = new ArrayList<>();
            if (first != null) {
                sequence.add(first);
            }
            sequence.addAll(others);
            sequence.add(writer);
            return sequence;
        }
    }

    private static boolean found(Observed command) {
        return command.answer()
                .map(answer -> answer.type() != ReplyType.NULL && answer.length() > 0)
                .orElse(false);
    }

    private static void asked(Rush rush, Observed command) {
        if (rush.first == null || command.timeNanos() - rush.sinceNanos > RUSH_NANOS) {
            rush.begin(command);
        } else if (rush.readers() < READERS_KEPT_MAX && rush.readOf(command.client()) == null) {
            rush.join(command);
        }
    }

    @Override
    public Facts facts() {
        return new Facts(
                "R1",
                Severity.PERFORMANCE,
                "many clients miss the same key at once, and each fetches and writes it",
                "one fetches under a short lease and the others wait; refresh before expiry",
                1);
    }

    @Override
    public Set<String> commands() {
        return Set.of("GET", "HGETALL", "SET", "SETEX", "HSET");
    }

    @Override
    public Detector start(Sightings seen) {
        return new Detector() {
            private final Recent<Key, Rush> rushes = new Recent<>();

            @Override
            public void on(Observed command) {
                if (!command.hasKey() || command.isAtomic()) {
                    return;
                }
                if (command.name().endsWith("GET") || command.name().equals("HGETALL")) {
                    if (!found(command)) {
                        asked(rushes.getOrNew(command.key(), Rush::new), command);
                    }
                    return;
                }
                Rush rush = rushes.get(command.key());
                if (rush == null || rush.readers() < READERS_MIN) {
                    return;
                }
                Observed own = rush.readOf(command.client());
                if (own != null && command.follows(own, FILL_NANOS) && rush.fill(command.client())) {
                    if (rush.fillers.size() == 2) {
                        seen.add(Cost.of(command), rush.with(command));
                    } else if (rush.fillers.size() > 2) {
                        seen.more(0, Cost.of(command));
                    }
                }
            }
        };
    }
}
