package io.cachewright.lab.server;

import io.cachewright.lab.wire.Credentials;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// How a server of the lab is run. A value: each `with…` gives a new one.
///
/// Directives are those of `redis.conf`; their values are written to the file as given, so a value with blanks that
/// is one argument must be quoted (see [#quoted]). Those that the lab sets itself are refused: [#isOwn].
///
/// @param directives name to values; several values are several lines, as for `save` and `user`
/// @param files copied into the private directory before the first start, for example `dump.rdb`
/// @param keepsDirectory whether the directory stays when the server is closed
/// @param awaitsLoaded whether starting waits until the data set is loaded, or only until the server answers
/// @param startTimeout how long starting may take
public record ServerSettings(
        Map<String, List<String>> directives,
        Transport transport,
        Map<String, Path> files,
        boolean keepsDirectory,
        boolean awaitsLoaded,
        Duration startTimeout) {

    /// Where the server listens.
    public enum Transport {
        TCP,
        UNIX_SOCKET,
        BOTH
    }

    private static final Set<String> OWN = Set.of(
            "bind",
            "port",
            "unixsocket",
            "unixsocketperm",
            "dir",
            "logfile",
            "daemonize",
            "pidfile",
            "supervised",
            "syslog-enabled",
            "include");

    private static final Set<String> SECRET =
            Set.of("requirepass", "masterauth", "primaryauth", "user", "tls-key-file-pass", "tls-client-key-file-pass");

    public ServerSettings {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        directives.forEach((name, values) -> {
            check(name, values);
            copy.put(name.toLowerCase(Locale.ROOT), List.copyOf(values));
        });
        directives = Collections.unmodifiableMap(copy);
        files = Map.copyOf(files);
        for (String file : files.keySet()) {
            if (file.isEmpty() || file.contains("/") || file.startsWith(".")) {
                throw new IllegalArgumentException("a file of the server is a plain name, was " + file);
            }
        }
        if (startTimeout.isNegative() || startTimeout.isZero()) {
            throw new IllegalArgumentException("startTimeout must be positive, was " + startTimeout);
        }
    }

    /// A server on a free port of the loopback interface that saves nothing; all else as the server has
    /// it by default.
    public static ServerSettings onTcp() {
        return new ServerSettings(
                Map.of("save", List.of(""), "appendonly", List.of("no")),
                Transport.TCP,
                Map.of(),
                false,
                true,
                Duration.ofSeconds(30));
    }

    /// The same on a Unix socket in its private directory: a little faster, and no port is taken.
    public static ServerSettings onUnixSocket() {
        return onTcp().withTransport(Transport.UNIX_SOCKET);
    }

    /// Whether the lab sets this directive itself, so that a server stays private to this machine and this run.
    public static boolean isOwn(String directive) {
        return OWN.contains(directive.toLowerCase(Locale.ROOT));
    }

    /// Sets a directive; with several values it is repeated, once for each.
    public ServerSettings with(String directive, String... values) {
        Map<String, List<String>> changed = new LinkedHashMap<>(directives);
        changed.put(directive.toLowerCase(Locale.ROOT), List.of(values));
        return withDirectives(changed);
    }

    /// Sets several directives, each with one value, as `CONFIG GET` names them.
    public ServerSettings withAll(Map<String, String> settings) {
        Map<String, List<String>> changed = new LinkedHashMap<>(directives);
        settings.forEach((name, value) -> changed.put(name.toLowerCase(Locale.ROOT), List.of(value)));
        return withDirectives(changed);
    }

    /// Adds one more line of a directive that may be repeated, such as `user`.
    public ServerSettings adding(String directive, String value) {
        String name = directive.toLowerCase(Locale.ROOT);
        List<String> values = new ArrayList<>(directives.getOrDefault(name, List.of()));
        values.add(value);
        return with(name, values.toArray(String[]::new));
    }

    /// Guards the default user by a password. It is written to the private configuration file only.
    public ServerSettings withPassword(String password) {
        return with("requirepass", quoted(password));
    }

    public ServerSettings withTransport(Transport newTransport) {
        return new ServerSettings(directives, newTransport, files, keepsDirectory, awaitsLoaded, startTimeout);
    }

    /// Copies `source` under `name` into the private directory before the server starts.
    public ServerSettings withFile(String name, Path source) {
        Map<String, Path> changed = new LinkedHashMap<>(files);
        changed.put(name, source);
        return new ServerSettings(directives, transport, changed, keepsDirectory, awaitsLoaded, startTimeout);
    }

    public ServerSettings keepingDirectory() {
        return new ServerSettings(directives, transport, files, true, awaitsLoaded, startTimeout);
    }

    /// Starting returns as soon as the server answers, be it with `LOADING`.
    public ServerSettings notAwaitingLoad() {
        return new ServerSettings(directives, transport, files, keepsDirectory, false, startTimeout);
    }

    public ServerSettings withStartTimeout(Duration newStartTimeout) {
        return new ServerSettings(directives, transport, files, keepsDirectory, awaitsLoaded, newStartTimeout);
    }

    private ServerSettings withDirectives(Map<String, List<String>> changed) {
        return new ServerSettings(changed, transport, files, keepsDirectory, awaitsLoaded, startTimeout);
    }

    /// A value as one quoted argument of `redis.conf`.
    public static String quoted(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    /// Whether it is run as a Sentinel: that is what settings with `sentinel` directives are for.
    public boolean isSentinel() {
        return directives.containsKey("sentinel");
    }

    /// The default user's password as the directives give it, for the lab's own connections.
    Optional<Credentials> credentials() {
        return directives.getOrDefault("requirepass", List.of()).stream()
                .map(ServerSettings::unquoted)
                .filter(password -> !password.isEmpty())
                .reduce((_, last) -> last)
                .map(Credentials::ofPassword);
    }

    private static String unquoted(String value) {
        if (value.length() < 2 || !value.startsWith("\"") || !value.endsWith("\"")) {
            return value;
        }
        StringBuilder plain = new StringBuilder();
        for (int i = 1; i < value.length() - 1; i++) {
            char c = value.charAt(i);
            if (c == '\\') {
                i++;
                plain.append(
                        switch (value.charAt(i)) {
                            case 'n' -> '\n';
                            case 'r' -> '\r';
                            case 't' -> '\t';
                            default -> value.charAt(i);
                        });
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    /// The lines of the configuration file for these directives.
    String toConfigurationLines() {
        return directives.entrySet().stream()
                .flatMap(directive -> directive.getValue().stream()
                        .map(value -> directive.getKey() + " " + (value.isEmpty() ? "\"\"" : value) + "\n"))
                .collect(Collectors.joining());
    }

    static boolean isSecret(String directive) {
        return SECRET.contains(directive);
    }

    private static void check(String name, List<String> values) {
        if (!name.matches("[a-zA-Z][a-zA-Z0-9-]*")) {
            throw new IllegalArgumentException("not the name of a directive: " + name);
        }
        if (isOwn(name)) {
            throw new IllegalArgumentException("the lab sets " + name + " itself");
        }
        for (String value : values) {
            if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0 || value.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("the value of " + name + " has a line break; use quoted(…)");
            }
        }
    }

    /// Without the values of secret directives.
    @Override
    public String toString() {
        String shown = directives.entrySet().stream()
                .map(directive -> directive.getKey() + " "
                        + (isSecret(directive.getKey()) ? "***" : String.join(" | ", directive.getValue())))
                .collect(Collectors.joining(", "));
        return "ServerSettings[" + transport + ", " + shown + "]";
    }
}
