package io.cachewright.capture.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What the servers know about one command, or about one subcommand: what it does, and where its keys are.
///
/// @param name upper case, `GET` or `OBJECT ENCODING`
/// @param mayBlock whether it can wait for data, as `BLPOP` does
/// @param isPubSub whether it publishes or subscribes
public record CommandSpec(
        String name, Effect effect, boolean mayBlock, boolean isAdmin, boolean isPubSub, List<KeySpec> keySpecs) {

    /// What it does to data, as far as that is known from its name: a script may do anything.
    public enum Effect {
        READS,
        WRITES,
        NEITHER
    }

    public CommandSpec {
        keySpecs = List.copyOf(keySpecs);
    }

    /// The keys of a command of this name, in the order in which they stand. Empty where the command has none, or is
    /// not complete.
    public List<KeyUse> keys(Arguments arguments) {
        return switch (name) {
            case "SORT" -> sortKeys(arguments);
            case "MIGRATE" -> migrateKeys(arguments);
            case "GEORADIUS", "GEORADIUSBYMEMBER" -> geoRadiusKeys(arguments);
            default -> specifiedKeys(arguments);
        };
    }

    private List<KeyUse> specifiedKeys(Arguments arguments) {
        if (keySpecs.isEmpty()) {
            return List.of();
        }
        if (keySpecs.size() == 1) {
            return keySpecs.getFirst().find(arguments);
        }
        List<KeyUse> all = new ArrayList<>();
        for (KeySpec spec : keySpecs) {
            all.addAll(spec.find(arguments));
        }
        all.sort(Comparator.comparingInt(KeyUse::argument));
        return all;
    }

    /// `SORT key … [STORE destination]`: options may be given more than once, and the last one counts. The keys that
    /// BY and GET patterns reach are not named by the command.
    private static List<KeyUse> sortKeys(Arguments arguments) {
        if (arguments.count() < 2) {
            return List.of();
        }
        int store = -1;
        int i = 2;
        while (i < arguments.count()) {
            if (arguments.is(i, "LIMIT")) {
                i += 3;
            } else if (arguments.is(i, "GET") || arguments.is(i, "BY")) {
                i += 2;
            } else if (arguments.is(i, "STORE") && i + 1 < arguments.count()) {
                store = i + 1;
                i += 2;
            } else {
                i++;
            }
        }
        KeyUse read = new KeyUse(1, KeyAccess.READ);
        return store < 0 ? List.of(read) : List.of(read, new KeyUse(store, KeyAccess.OVERWRITE));
    }

    /// `MIGRATE host port key|"" db timeout … [KEYS key …]`: with KEYS, the key before is empty.
    private static List<KeyUse> migrateKeys(Arguments arguments) {
        if (arguments.count() < 6) {
            return List.of();
        }
        if (arguments.length(3) > 0) {
            return List.of(new KeyUse(3, KeyAccess.CHANGE));
        }
        int i = 6;
        while (i < arguments.count()) {
            if (arguments.is(i, "KEYS")) {
                List<KeyUse> keys = new ArrayList<>();
                for (int j = i + 1; j < arguments.count(); j++) {
                    keys.add(new KeyUse(j, KeyAccess.CHANGE));
                }
                return keys;
            }
            i += arguments.is(i, "AUTH2") ? 3 : arguments.is(i, "AUTH") ? 2 : 1;
        }
        return List.of();
    }

    /// STORE and STOREDIST exclude each other; the last one counts.
    private List<KeyUse> geoRadiusKeys(Arguments arguments) {
        if (arguments.count() < 5) {
            return List.of();
        }
        int store = -1;
        for (int i = 5; i + 1 < arguments.count(); i++) {
            if (arguments.is(i, "STORE") || arguments.is(i, "STOREDIST")) {
                store = ++i;
            }
        }
        KeyUse read = new KeyUse(1, KeyAccess.READ);
        return store < 0 ? List.of(read) : List.of(read, new KeyUse(store, KeyAccess.OVERWRITE));
    }
}
