package io.cachewright.capture.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Every command of Redis up to 8 and Valkey up to 9, with its key specifications. The table is the resource
/// `commands.tsv`, whose head says where it comes from; commands of modules are not in it.
public final class CommandTable {

    private static final Map<String, CommandSpec> BY_NAME = read();

    /// The same by a hash of the name's bytes, so that looking one up allocates nothing.
    private static final @Nullable CommandSpec[] BY_HASH = hashed();

    private CommandTable() {}

    /// The specification for these arguments: that of the subcommand where the command is a container, such as
    /// `OBJECT`. Empty for commands that no server of the table has.
    public static Optional<CommandSpec> find(Arguments arguments) {
        return Optional.ofNullable(lookUp(arguments));
    }

    /// The same without the wrapping, for readers of many commands.
    public static @Nullable CommandSpec lookUp(Arguments arguments) {
        if (arguments.count() == 0) {
            return null;
        }
        CommandSpec plain = probe(arguments, false);
        if (plain == null || !plain.keySpecs().isEmpty() || arguments.count() == 1) {
            return plain;
        }
        CommandSpec subcommand = probe(arguments, true);
        return subcommand == null ? plain : subcommand;
    }

    /// By its full name, upper case: `GET`, `OBJECT ENCODING`.
    public static Optional<CommandSpec> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    public static Collection<CommandSpec> all() {
        return BY_NAME.values();
    }

    private static @Nullable CommandSpec probe(Arguments arguments, boolean withSubcommand) {
        int hash = hash(1, arguments, 0);
        if (withSubcommand) {
            hash = hash(31 * hash + ' ', arguments, 1);
        }
        int mask = BY_HASH.length - 1;
        for (int at = spread(hash) & mask; ; at = (at + 1) & mask) {
            CommandSpec spec = BY_HASH[at];
            if (spec == null || matches(spec.name(), arguments, withSubcommand)) {
                return spec;
            }
        }
    }

    private static boolean matches(String name, Arguments arguments, boolean withSubcommand) {
        int first = arguments.keptLength(0);
        int length = withSubcommand ? first + 1 + arguments.keptLength(1) : first;
        if (name.length() != length || !startsAt(name, 0, arguments, 0)) {
            return false;
        }
        return !withSubcommand || (name.charAt(first) == ' ' && startsAt(name, first + 1, arguments, 1));
    }

    private static boolean startsAt(String name, int offset, Arguments arguments, int i) {
        for (int j = 0; j < arguments.keptLength(i); j++) {
            if (Arguments.upper(arguments.at(i, j)) != name.charAt(offset + j)) {
                return false;
            }
        }
        return true;
    }

    private static int hash(int seed, Arguments arguments, int i) {
        int hash = seed;
        int length = Math.min(arguments.keptLength(i), NAME_BYTES_MAX);
        for (int j = 0; j < length; j++) {
            hash = 31 * hash + Arguments.upper(arguments.at(i, j));
        }
        return hash;
    }

    /// No command has a longer name; a longer argument needs no hashing to be none.
    private static final int NAME_BYTES_MAX = 40;

    private static int spread(int hash) {
        return hash ^ (hash >>> 15);
    }

    private static @Nullable CommandSpec[] hashed() {
        @Nullable CommandSpec[] table = new CommandSpec[Integer.highestOneBit(BY_NAME.size()) * 4];
        for (CommandSpec spec : BY_NAME.values()) {
            int hash = 1;
            for (int i = 0; i < spec.name().length(); i++) {
                hash = 31 * hash + spec.name().charAt(i);
            }
            int at = spread(hash) & (table.length - 1);
            while (table[at] != null) {
                at = (at + 1) & (table.length - 1);
            }
            table[at] = spec;
        }
        return table;
    }

    private static Map<String, CommandSpec> read() {
        Map<String, CommandSpec> specs = new LinkedHashMap<>();
        try (InputStream resource = Objects.requireNonNull(
                        CommandTable.class.getResourceAsStream("commands.tsv"), "commands.tsv is part of the module");
                BufferedReader lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#")) {
                    CommandSpec spec = parse(line);
                    specs.put(spec.name(), spec);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.copyOf(specs);
    }

    private static CommandSpec parse(String line) {
        String[] columns = line.split("\t");
        String flags = columns[1];
        List<KeySpec> keys = new ArrayList<>();
        for (int i = 2; i < columns.length; i++) {
            keys.add(keySpec(columns[i].split(" ")));
        }
        CommandSpec.Effect effect = switch (flags.charAt(0)) {
            case 'r' -> CommandSpec.Effect.READS;
            case 'w' -> CommandSpec.Effect.WRITES;
            default -> CommandSpec.Effect.NEITHER;
        };
        return new CommandSpec(
                columns[0], effect, flags.indexOf('b') > 0, flags.indexOf('a') > 0, flags.indexOf('p') > 0, keys);
    }

    private static KeySpec keySpec(String[] words) {
        KeyAccess access = switch (words[0]) {
            case "r" -> KeyAccess.READ;
            case "w" -> KeyAccess.CHANGE;
            case "o" -> KeyAccess.OVERWRITE;
            default -> KeyAccess.DELETE;
        };
        boolean hasKeyword = !Character.isDigit(words[1].charAt(0));
        int at = hasKeyword ? 3 : 2;
        KeySpec.Begin begin = hasKeyword
                ? new KeySpec.Begin.Keyword(words[1], Integer.parseInt(words[2]))
                : new KeySpec.Begin.Index(Integer.parseInt(words[1]));
        int first = Integer.parseInt(words[at + 1]);
        int second = Integer.parseInt(words[at + 2]);
        int third = Integer.parseInt(words[at + 3]);
        KeySpec.Find find = words[at].equals("range")
                ? new KeySpec.Find.Range(first, second, third)
                : new KeySpec.Find.Counted(first, second, third);
        return new KeySpec(access, begin, find);
    }
}
