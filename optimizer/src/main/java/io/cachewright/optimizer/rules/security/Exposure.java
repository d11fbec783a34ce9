package io.cachewright.optimizer.rules.security;

import io.cachewright.optimizer.diagnose.Situation;
import java.util.Arrays;
import java.util.List;

/// From where a server can be reached.
///
/// @param addresses that it listens on; empty when it listens on a Unix socket only
/// @param remote whether any of them can be reached from another machine
/// @param plain whether it listens without TLS
record Exposure(List<String> addresses, boolean remote, boolean plain) {

    Exposure {
        addresses = List.copyOf(addresses);
    }

    static Exposure of(Situation situation) {
        boolean plain = situation.parameterNumber("port") > 0;
        boolean tls = situation
                .optionalParameter("tls-port")
                .filter(port -> !port.equals("0"))
                .isPresent();
        if (!plain && !tls) {
            return new Exposure(List.of(), false, false);
        }
        List<String> addresses = Arrays.stream(
                        situation.parameter("bind").strip().split("\\s+"))
                .filter(address -> !address.isEmpty())
                // A leading minus only says that the address may be missing.
                .map(address -> address.startsWith("-") ? address.substring(1) : address)
                .toList();
        // No bind address at all means every one.
        boolean remote = addresses.isEmpty() || !addresses.stream().allMatch(Exposure::isLoopback);
        return new Exposure(addresses, remote, plain);
    }

    String text() {
        if (addresses.isEmpty()) {
            return remote ? "listens on every address" : "listens on a Unix socket only";
        }
        return "listens on " + String.join(" ", addresses);
    }

    private static boolean isLoopback(String address) {
        return address.startsWith("127.") || address.equals("::1") || address.equals("localhost");
    }
}
