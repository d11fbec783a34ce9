package io.cachewright.lab.server;

import io.cachewright.domain.Engine;
import io.cachewright.domain.ServerVersion;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the server programs of this machine. Each is asked for its version by running it with `--version`.
public final class ServerBinaries {

    /// Names a directory with further servers in its `bin`, for example `bin/valkey-server-8.1`.
    public static final String SERVERS_VARIABLE = "CACHEWRIGHT_SERVERS";

    private static final List<String> INSTALLED_NAMES = List.of("redis-server", "valkey-server");

    private static final Pattern VERSION_LINE = Pattern.compile("(Redis|Valkey) server v=(\\S+)");

    private static final Pattern FURTHER_NAME = Pattern.compile("(redis|valkey)-server-[0-9.]+");

    private static final long VERSION_TIMEOUT_SECONDS = 10;

    /// Asking a program for its version takes a process; the answer for one path does not change while we run.
    private static final Map<Path, ServerVersion> VERSIONS = new ConcurrentHashMap<>();

    private ServerBinaries() {}

    /// The Redis 7.0 that this build carries.
    ///
    /// @throws ServerUnavailable when it carries none for this operating system and processor
    public static ServerBinary embedded() {
        return probe(EmbeddedBinary.unpacked(), "embedded");
    }

    /// The `redis-server` and `valkey-server` on the path.
    public static List<ServerBinary> installed() {
        return onPath(Optional.ofNullable(System.getenv("PATH")).orElse(""));
    }

    static List<ServerBinary> onPath(String path) {
        List<ServerBinary> found = new ArrayList<>();
        for (String name : INSTALLED_NAMES) {
            for (String directory : path.split(Pattern.quote(File.pathSeparator))) {
                Path candidate = Path.of(directory.isEmpty() ? "." : directory, name);
                if (isProgram(candidate)) {
                    found.add(probe(candidate, "installed"));
                    break;
                }
            }
        }
        return found;
    }

    /// The server at that path.
    ///
    /// @throws ServerUnavailable when there is none
    public static ServerBinary at(Path path) {
        return probe(path, "named by path");
    }

    /// The servers `*-server-VERSION` in `directory/bin`, by name.
    public static List<ServerBinary> inDirectory(Path directory) {
        Path bin = directory.resolve("bin");
        List<Path> candidates = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(bin)) {
            for (Path entry : entries) {
                if (FURTHER_NAME.matcher(entry.getFileName().toString()).matches() && isProgram(entry)) {
                    candidates.add(entry);
                }
            }
        } catch (IOException e) {
            throw new ServerUnavailable("cannot list the servers in " + bin + ": " + e.getMessage(), e);
        }
        return candidates.stream()
                .sorted()
                .map(candidate -> probe(candidate, "from " + directory))
                .toList();
    }

    /// The servers in the directory that the environment variable `CACHEWRIGHT_SERVERS` names; none when
    /// it is unset.
    public static List<ServerBinary> further() {
        String directory = System.getenv(SERVERS_VARIABLE);
        return directory == null || directory.isBlank() ? List.of() : inDirectory(Path.of(directory));
    }

    /// All servers at hand: the embedded one (where there is one), those on the path, then the further ones.
    public static List<ServerBinary> all() {
        List<ServerBinary> found = new ArrayList<>();
        if (EmbeddedBinary.isAvailable()) {
            found.add(embedded());
        }
        found.addAll(installed());
        found.addAll(further());
        return List.copyOf(found);
    }

    /// The first server at hand of that engine and version line, for example Valkey 8.1.
    public static Optional<ServerBinary> of(Engine engine, int major, int minor) {
        return all().stream()
                .filter(binary -> binary.version().engine() == engine
                        && binary.version().major() == major
                        && binary.version().minor() == minor)
                .findFirst();
    }

    private static boolean isProgram(Path path) {
        return Files.isRegularFile(path) && Files.isExecutable(path);
    }

    private static ServerBinary probe(Path path, String origin) {
        if (!Files.isRegularFile(path)) {
            throw new ServerUnavailable("there is no server at " + path);
        }
        if (!Files.isExecutable(path)) {
            throw new ServerUnavailable(path + " is not executable");
        }
        Path absolute = path.toAbsolutePath().normalize();
        return new ServerBinary(absolute, VERSIONS.computeIfAbsent(absolute, ServerBinaries::askVersion), origin);
    }

    private static ServerVersion askVersion(Path path) {
        String printed;
        try {
            Process process = new ProcessBuilder(path.toString(), "--version")
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .start();
            if (!process.waitFor(VERSION_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new ServerUnavailable(path + " --version did not end within " + VERSION_TIMEOUT_SECONDS + " s");
            }
            try (InputStream output = process.getInputStream()) {
                printed = new String(output.readNBytes(4_096), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new ServerUnavailable(path + " cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerUnavailable("interrupted while asking " + path + " for its version", e);
        }
        return readVersion(printed)
                .orElseThrow(() -> new ServerUnavailable(
                        path + " is no Redis or Valkey server; --version printed: " + printed.strip()));
    }

    static Optional<ServerVersion> readVersion(String printed) {
        Matcher line = VERSION_LINE.matcher(printed);
        if (!line.find()) {
            return Optional.empty();
        }
        Engine engine = line.group(1).equals("Redis") ? Engine.REDIS : Engine.VALKEY;
        return ServerVersion.parse(engine, line.group(2));
    }
}
