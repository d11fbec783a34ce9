package io.cachewright.optimizer.collect;

import io.cachewright.domain.Reading;
import io.cachewright.domain.Reading.Cause;
import io.cachewright.lab.wire.Address;
import io.cachewright.optimizer.evidence.HostFacts;
import io.cachewright.optimizer.evidence.InfoSnapshot;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads facts of the machine from `/proc` and `/sys`, when the server runs on this one.
///
/// @param root `/`, or a directory that looks like it
record HostReader(Path root) {

    private static final Pattern SERVER_NAME = Pattern.compile("(?i).*(redis|valkey|keydb).*", Pattern.DOTALL);

    private static final long BYTES_PER_KB = 1_024;

    static HostReader ofThisMachine() {
        return new HostReader(Path.of("/"));
    }

    Reading<HostFacts> read(Address address, InfoSnapshot info) {
        if (!isLoopback(address)) {
            return Reading.unavailable(Cause.NOT_COLLECTED, "the server is on another machine");
        }
        Reading<Long> pid = info.number("process_id");
        return pid.flatMap(number -> isServer(number)
                ? Reading.known(facts(number))
                : Reading.unavailable(
                        Cause.NOT_COLLECTED,
                        "the server's process is not visible here: it may run in a container or behind a tunnel"));
    }

    private static boolean isLoopback(Address address) {
        return switch (address) {
            case Address.UnixSocket _ -> true;
            case Address.Tcp tcp -> {
                try {
                    yield InetAddress.getByName(tcp.host()).isLoopbackAddress();
                } catch (UnknownHostException _) {
                    yield false;
                }
            }
        };
    }

    private boolean isServer(long pid) {
        return text("proc/" + pid + "/comm")
                .map(name -> SERVER_NAME.matcher(name).matches())
                .orElse(false);
    }

    private HostFacts facts(long pid) {
        return new HostFacts(
                cores(),
                kilobytes("proc/meminfo", "MemTotal"),
                kilobytes("proc/meminfo", "MemAvailable"),
                kilobytes("proc/meminfo", "SwapTotal"),
                kilobytes("proc/" + pid + "/status", "VmSwap"),
                found("sys/kernel/mm/transparent_hugepage/enabled", "\\[([a-z]+)]", Function.identity()),
                found("proc/sys/vm/overcommit_memory", "(\\d{1,2})", Integer::valueOf),
                found("proc/sys/vm/swappiness", "(\\d{1,3})", Integer::valueOf),
                found("proc/sys/net/core/somaxconn", "(\\d{1,9})", Integer::valueOf),
                found("sys/devices/system/clocksource/clocksource0/current_clocksource", "(\\S+)", Function.identity()),
                found("proc/" + pid + "/limits", "Max open files\\s+(\\d{1,18})", Long::valueOf));
    }

    private Reading<Integer> cores() {
        return text("proc/cpuinfo")
                .map(cpus -> (int) cpus.lines()
                        .filter(line -> line.startsWith("processor"))
                        .count())
                .flatMap(count -> count > 0
                        ? Reading.known(count)
                        : Reading.known(Runtime.getRuntime().availableProcessors()));
    }

    private Reading<Long> kilobytes(String file, String field) {
        return found(file, "(?m)^" + field + ":\\s+(\\d{1,15}) kB", digits -> Long.parseLong(digits) * BYTES_PER_KB);
    }

    private <T> Reading<T> found(String file, String pattern, Function<String, T> reader) {
        return text(file).flatMap(text -> {
            Matcher matcher = Pattern.compile(pattern).matcher(text);
            return matcher.find()
                    ? Reading.known(reader.apply(matcher.group(1)))
                    : Reading.unavailable(Cause.NOT_IN_THIS_VERSION, "/" + file + " does not show it");
        });
    }

    private Reading<String> text(String file) {
        Optional<String> text;
        try {
            text = Optional.of(Files.readString(root.resolve(file)));
        } catch (IOException _) {
            text = Optional.empty();
        }
        return text.map(Reading::known)
                .orElseGet(() -> Reading.unavailable(Cause.FAILED, "/" + file + " cannot be read"));
    }
}
