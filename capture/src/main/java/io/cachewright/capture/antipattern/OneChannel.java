package io.cachewright.capture.antipattern;

import com.google.auto.service.AutoService;
import io.cachewright.capture.command.Arguments;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Messages on one channel that name three symbols or more.
@AutoService(AntiPattern.class)
public final class OneChannel implements AntiPattern {

    private static final int SYMBOLS_MIN = 3;
    private static final int HEAD_CHARACTERS = 200;
    private static final Pattern SYMBOL =
            Pattern.compile("\"(?:s|sym|symbol|instrument|pair|product_id|instId)\"\\s*:\\s*\"([^\"]{1,40})\"");

    private static String head(Arguments arguments) {
        String text = arguments.text(2);
        return text.substring(0, Math.min(text.length(), HEAD_CHARACTERS));
    }

    @Override
    public Facts facts() {
        return new Facts(
                "P3",
                Severity.PERFORMANCE,
                "one channel carries every instrument: each subscriber receives all of them",
                "a channel for each instrument; sharded publish and subscribe in a cluster",
                1);
    }

    @Override
    public Set<String> commands() {
        return Set.of("PUBLISH");
    }

    @Override
    public Detector start(Sightings seen) {
        return new Detector() {
            private final Recent<String, Map<String, Observed>> symbols = new Recent<>();

            @Override
            public void on(Observed command) {
                if (command.arguments().count() != 3) {
                    return;
                }
                Matcher symbol = SYMBOL.matcher(head(command.arguments()));
                if (!symbol.find()) {
                    return;
                }
                Map<String, Observed> known =
                        symbols.getOrNew(command.arguments().text(1), HashMap::new);
                if (known.size() < SYMBOLS_MIN) {
                    known.put(symbol.group(1), command);
                }
                if (known.size() >= SYMBOLS_MIN) {
                    List<Observed> sequence = new ArrayList<>(known.values());
                    sequence.add(command);
                    sequence.sort(Comparator.comparingLong(Observed::timeNanos));
                    seen.add(new Cost(0, command.command().requestBytes(), 0), sequence);
                }
            }
        };
    }
}
