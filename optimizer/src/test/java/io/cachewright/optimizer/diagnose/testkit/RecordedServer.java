package io.cachewright.optimizer.diagnose.testkit;

import io.cachewright.domain.Engine;
import io.cachewright.domain.ServerVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// What real servers printed under a light load with one replica: INFO EVERYTHING twice and CONFIG GET.
record RecordedServer(String directory, ServerVersion version) {

    static final RecordedServer REDIS_7_0 = new RecordedServer("redis-7.0", new ServerVersion(Engine.REDIS, 7, 0, 15));
    static final RecordedServer VALKEY_8_1 =
            new RecordedServer("valkey-8.1", new ServerVersion(Engine.VALKEY, 8, 1, 1));

    /// The recording of the same engine.
    static RecordedServer nearest(ServerVersion version) {
        return switch (version.engine()) {
            case REDIS -> REDIS_7_0;
            case VALKEY -> VALKEY_8_1;
        };
    }

    /// @param name `primary` or `replica`
    Map<String, String> infoBefore(String name) {
        return read(name + "-before.info", ':');
    }

    Map<String, String> infoAfter(String name) {
        return read(name + "-after.info", ':');
    }

    Map<String, String> config(String name) {
        return read(name + ".config", '\t');
    }

    private Map<String, String> read(String file, char separator) {
        String path = directory + "/" + file;
        try (InputStream in = RecordedServer.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("no test resource " + path);
            }
            Map<String, String> values = new LinkedHashMap<>();
            new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(line -> {
                int at = line.indexOf(separator);
                values.put(line.substring(0, at), line.substring(at + 1));
            });
            return values;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
