package io.cachewright.optimizer.collect;

import io.cachewright.lab.wire.Address;
import io.cachewright.optimizer.evidence.InfoSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds replicas in INFO.
final class Replicas {

    private static final int REPLICAS_MAX = 16;

    private Replicas() {}

    /// Those that are online, in the server's order.
    static List<Address> online(InfoSnapshot primary) {
        List<Address> addresses = new ArrayList<>();
        for (int i = 0; i < REPLICAS_MAX; i++) {
            primary.parts("slave" + i)
                    .toOptional()
                    .flatMap(Replicas::onlineAddress)
                    .ifPresent(addresses::add);
        }
        return addresses;
    }

    private static Optional<Address> onlineAddress(Map<String, String> parts) {
        String port = parts.getOrDefault("port", "");
        String host = parts.getOrDefault("ip", "");
        boolean isReachable = "online".equals(parts.get("state")) && !host.isEmpty() && port.matches("[1-9]\\d{0,4}");
        return isReachable && Integer.parseInt(port) <= 65_535
                ? Optional.of(Address.tcp(host, Integer.parseInt(port)))
                : Optional.empty();
    }
}
