package io.cachewright.optimizer.prove;

import io.cachewright.domain.ServerVersion;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerBinaries;
import io.cachewright.lab.server.ServerBinary;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.Command;
import io.cachewright.lab.wire.Reply;
import io.cachewright.lab.wire.WireConnection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Starts shadows: private servers like the target, on a Unix socket, that save nothing.
final class ShadowHost {

    private final ServerBinary binary;
    private final Map<String, String> defaults;
    private final Map<String, String> parameters;
    private final String description;

    private ShadowHost(
            ServerBinary binary, Map<String, String> defaults, Map<String, String> parameters, String description) {
        this.binary = binary;
        this.defaults = Map.copyOf(defaults);
        this.parameters = Map.copyOf(parameters);
        this.description = description;
    }

    /// The server at hand that is nearest to the target's version, with those of its safe parameters that it knows.
    static ShadowHost like(ShadowModel model) {
        ServerBinary binary = model.version().map(ShadowHost::nearest).orElseGet(ServerBinaries::embedded);
        Map<String, String> defaults = defaultsOf(binary);
        Map<String, String> taken = new TreeMap<>(SafeParameters.of(model.parameters()));
        taken.keySet().retainAll(defaults.keySet());
        return new ShadowHost(binary, defaults, taken, describe(binary, model.version(), taken.size()));
    }

    /// One line: the server and how it differs from the target.
    String description() {
        return description;
    }

    /// What holds on a shadow: the target's parameters where they were taken over, else the server's defaults.
    Map<String, String> limits() {
        Map<String, String> limits = new TreeMap<>(defaults);
        limits.putAll(parameters);
        return limits;
    }

    /// A running server with its data.
    RedisServer start(Map<String, String> changed, Iterator<Command> fill) {
        RedisServer server = RedisServer.start(
                binary, ServerSettings.onUnixSocket().withAll(parameters).withAll(changed));
        try (WireConnection connection = server.connect()) {
            connection.pipelineAll(fill, reply -> {
                if (reply instanceof Reply.Error(String message)) {
                    throw new IllegalStateException("a shadow refused its data: " + message);
                }
            });
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static ServerBinary nearest(ServerVersion version) {
        List<ServerBinary> all = ServerBinaries.all();
        Comparator<ServerBinary> byDistance = Comparator.comparingInt(
                        (ServerBinary binary) -> binary.version().engine() == version.engine() ? 0 : 1)
                .thenComparingInt(binary -> Math.abs(binary.version().major() - version.major()))
                .thenComparingInt(binary -> Math.abs(binary.version().minor() - version.minor()))
                .thenComparingInt(binary -> Math.abs(binary.version().patch() - version.patch()));
        return all.stream().min(byDistance).orElseGet(ServerBinaries::embedded);
    }

    private static Map<String, String> defaultsOf(ServerBinary binary) {
        try (RedisServer plain = RedisServer.start(binary, ServerSettings.onUnixSocket());
                WireConnection connection = plain.connect()) {
            List<Reply> namesAndValues = connection.call("CONFIG", "GET", "*").elements();
            Map<String, String> defaults = new TreeMap<>();
            for (int i = 0; i < namesAndValues.size(); i += 2) {
                defaults.put(
                        namesAndValues.get(i).text(), namesAndValues.get(i + 1).text());
            }
            return defaults;
        }
    }

    private static String describe(ServerBinary binary, Optional<ServerVersion> version, int taken) {
        String server = "shadow " + binary.version();
        String difference = version.filter(target -> !target.equals(binary.version()))
                .map(target -> " for " + target + ", which is not on this machine")
                .orElse("");
        return server + difference + ", " + taken + " parameters of the target";
    }
}
