package io.cachewright.capture.antipattern;

import com.google.auto.service.AutoService;
import io.cachewright.capture.command.Key;
import java.util.Set;

/// A key is set to a bare decimal number again and again.
@AutoService(AntiPattern.class)
public final class NoSequence implements AntiPattern {

    @Override
    public Facts facts() {
        return new Facts(
                "B8",
                Severity.CORRUPTS,
                "a price is stored bare: without a sequence and without a time, so nobody can tell whether "
                        + "it is old",
                "a hash or packed record with price, sequence, exchange time and receive time",
                10);
    }

    @Override
    public Set<String> commands() {
        return Set.of("SET", "SETEX", "PSETEX");
    }

    @Override
    public Detector start(Sightings seen) {
        return new Detector() {
            private final Recent<Key, Observed> bare = new Recent<>();

            @Override
            public void on(Observed command) {
                int value = command.name().equals("SET") ? 2 : 3;
                if (!command.hasKey()
                        || command.arguments().count() <= value
                        || !Shapes.isDecimal(command.arguments(), value)) {
                    return;
                }
                Key key = command.key();
                Observed earlier = bare.replace(key, command);
                if (earlier != null) {
                    seen.add(Cost.NONE, earlier, command);
                }
            }
        };
    }
}
