package io.cachewright.capture.antipattern;

import com.google.auto.service.AutoService;
import io.cachewright.capture.command.Client;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Only where answers are captured: at least 16 commands in a row of which each is sent within the time of a quarter
/// of its round trip after the answer.
@AutoService(AntiPattern.class)
public final class Unpipelined implements AntiPattern {

    private static final int CHAIN_MIN = 16;

    private static boolean continues(Observed earlier, Observed command) {
        long answered = earlier.timeNanos()
                + earlier.answer()
                        .map(answer -> answer.serviceNanos() + answer.transferNanos())
                        .orElse(0L);
        long pause = command.timeNanos() - answered;
        long roundTrip = answered - earlier.timeNanos();
        return pause >= 0 && pause <= roundTrip / 4;
    }

    @Override
    public Facts facts() {
        return new Facts(
                "K7",
                Severity.PERFORMANCE,
                "a client sends command after command, each as soon as it has the answer to the one before",
                "one pipeline for what is known beforehand",
                1);
    }

    @Override
    public Set<String> commands() {
        return Set.of();
    }

    @Override
    public Detector start(Sightings seen) {
        return new Detector() {
            private final Recent<Client, List<Observed>> chains = new Recent<>();

            @Override
            public void on(Observed command) {
                if (command.answer().isEmpty() || command.isAtomic()) {
                    return;
                }
                List<Observed> chain = chains.getOrNew(command.client(), ArrayList::new);
                if (!chain.isEmpty() && !continues(chain.getLast(), command)) {
                    chain.clear();
                }
                chain.add(command);
                if (chain.size() == CHAIN_MIN) {
                    seen.add(
                            new Cost(
                                    CHAIN_MIN - 1,
                                    0,
                                    command.timeNanos() - chain.getFirst().timeNanos()),
                            chain);
                } else if (chain.size() > CHAIN_MIN) {
                    Observed before = chain.get(chain.size() - 2);
                    chain.removeFirst();
                    seen.more(0, new Cost(1, 0, command.timeNanos() - before.timeNanos()));
                }
            }
        };
    }
}
