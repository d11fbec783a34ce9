package io.cachewright.capture.antipattern;

import io.cachewright.capture.command.Arguments;
import io.cachewright.capture.command.CapturedCommand;
import io.cachewright.capture.command.Client;
import io.cachewright.capture.command.CommandSpec;
import io.cachewright.capture.command.CommandTable;
import io.cachewright.capture.command.KeyPool;
import io.cachewright.capture.command.KeyUse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/// Watches the commands of one capture for every anti-pattern there is.
///
/// ```java
/// AntiPatternWatch watch = new AntiPatternWatch();
/// capture.read(watch);
/// List<Sighting> seen = watch.finish();
/// ```
public final class AntiPatternWatch implements Consumer<CapturedCommand> {

    private final List<Sightings> sightings = new ArrayList<>();
    private final List<AntiPattern.Detector> detectors = new ArrayList<>();
    private final Map<String, List<AntiPattern.Detector>> byCommand = new HashMap<>();
    private final List<AntiPattern.Detector> ofAllCommands = new ArrayList<>();
    private final KeyPool pool = new KeyPool();
    private final Recent<Client, Transaction> transactions = new Recent<>();

    /// Where a client stands between MULTI and EXEC.
    private static final class Transaction {
        private boolean isOpen;
        private boolean isWatched;
    }

    public AntiPatternWatch() {
        this(all());
    }

    AntiPatternWatch(List<AntiPattern> patterns) {
        Map<String, List<AntiPattern.Detector>> listeners = new LinkedHashMap<>();
        for (AntiPattern pattern : patterns) {
            Sightings seen = new Sightings(pattern.facts());
            AntiPattern.Detector detector = pattern.start(seen);
            sightings.add(seen);
            detectors.add(detector);
            if (pattern.commands().isEmpty()) {
                ofAllCommands.add(detector);
            }
            for (String name : pattern.commands()) {
                listeners.computeIfAbsent(name, _ -> new ArrayList<>()).add(detector);
            }
        }
        byCommand.putAll(listeners);
    }

    /// Every anti-pattern that can be detected, in the order of their ids.
    public static List<AntiPattern> all() {
        return ServiceLoader.load(AntiPattern.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(pattern -> pattern.facts().id()))
                .toList();
    }

    @Override
    public void accept(CapturedCommand command) {
        Arguments arguments = command.arguments();
        CommandSpec spec = CommandTable.lookUp(arguments);
        String name = spec != null ? spec.name() : arguments.text(0).toUpperCase(Locale.ROOT);
        List<KeyUse> keys = spec != null ? spec.keys(arguments) : List.of();
        Transaction transaction = transactions.getOrNew(command.client(), Transaction::new);
        follow(transaction, name);
        Observed observed = new Observed(
                command,
                name,
                keys,
                keys.isEmpty() ? null : pool.of(arguments, keys.getFirst().argument()),
                transaction.isOpen || command.client().isScript(),
                transaction.isWatched);
        List<AntiPattern.Detector> interested = byCommand.get(name);
        if (interested != null) {
            for (AntiPattern.Detector detector : interested) {
                detector.on(observed);
            }
        }
        for (AntiPattern.Detector detector : ofAllCommands) {
            detector.on(observed);
        }
    }

    private static void follow(Transaction transaction, String name) {
        switch (name) {
            case "MULTI" -> transaction.isOpen = true;
            case "WATCH" -> transaction.isWatched = true;
            case "EXEC", "DISCARD", "RESET" -> {
                transaction.isOpen = false;
                transaction.isWatched = false;
            }
            default -> {}
        }
    }

    /// What was seen, the costliest severity first.
    public List<Sighting> finish() {
        detectors.forEach(AntiPattern.Detector::finish);
        return sightings.stream()
                .map(Sightings::result)
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing((Sighting seen) -> seen.facts().severity())
                        .thenComparingLong(seen -> -seen.count()))
                .toList();
    }
}
