package io.cachewright.snapshot;

import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerBinaries;
import io.cachewright.lab.server.ServerBinary;
import io.cachewright.lab.wire.WireConnection;
import io.cachewright.snapshot.memory.Allocator;
import io.cachewright.snapshot.memory.ServerMemory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The servers at hand, one of each version line, and what the tests of this module ask of them.
final class Servers {

    private static final String REDIS_6_2 = "/redis-server-6.2.6-v5-linux-amd64";

    private Servers() {}

    /// Redis 6.2 where this machine can run it, and all that the lab finds.
    static List<ServerBinary> all() {
        List<ServerBinary> found = new ArrayList<>();
        redis62(found);
        for (ServerBinary binary : ServerBinaries.all()) {
            boolean known = found.stream()
                    .anyMatch(other -> other.version().equals(binary.version())
                            && !other.origin().equals("embedded"));
            if (!known) {
                found.add(binary);
            }
        }
        return found;
    }

    private static void redis62(List<ServerBinary> found) {
        boolean runs = System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").toLowerCase(Locale.ROOT).matches("amd64|x86_64");
        if (!runs) {
            return;
        }
        try (InputStream resource = Servers.class.getResourceAsStream(REDIS_6_2)) {
            if (resource == null) {
                return;
            }
            Path directory = Files.createTempDirectory("redis-6.2-");
            Path program = directory.resolve("redis-server");
            Files.copy(resource, program);
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
            program.toFile().deleteOnExit();
            directory.toFile().deleteOnExit();
            found.add(ServerBinaries.at(program));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What memory this server has. Which allocator exactly shows in the sizes that it hands out.
    static ServerMemory memoryOf(RedisServer server, WireConnection connection) {
        boolean jemalloc = info(connection, "memory", "mem_allocator").startsWith("jemalloc");
        long larger = usageOf(connection, 60) - usageOf(connection, 46);
        connection.call("DEL", "probe:size").orThrow();
        Allocator allocator = jemalloc
                ? larger == 0 ? Allocator.JEMALLOC_SYSTEM : Allocator.JEMALLOC_BUNDLED
                : larger == 14 ? Allocator.LIBC_PREFIXED : Allocator.LIBC;
        return new ServerMemory(server.version(), allocator);
    }

    private static long usageOf(WireConnection connection, int length) {
        connection.call("SET", "probe:size", "x".repeat(length)).orThrow();
        return connection.call("MEMORY", "USAGE", "probe:size").integer();
    }

    static String info(WireConnection connection, String section, String field) {
        return connection
                .call("INFO", section)
                .text()
                .lines()
                .filter(line -> line.startsWith(field + ":"))
                .map(line -> line.substring(field.length() + 1).strip())
                .findFirst()
                .orElse("");
    }
}
