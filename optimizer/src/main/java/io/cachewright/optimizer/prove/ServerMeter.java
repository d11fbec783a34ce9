package io.cachewright.optimizer.prove;

import io.cachewright.lab.wire.WireConnection;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Reads what a server spent and holds, on a connection of its own. What reading costs the server is measured once and
/// taken off.
final class ServerMeter implements AutoCloseable {

    private static final int EMPTY_WINDOWS = 21;

    private final WireConnection connection;
    private final Spent overhead;

    /// @param cpuSeconds of all threads, user and system: the kernel accounts them to the microsecond
    record Spent(double cpuSeconds, long bytesIn, long bytesOut) {
        Spent minus(Spent other) {
            return new Spent(cpuSeconds - other.cpuSeconds, bytesIn - other.bytesIn, bytesOut - other.bytesOut);
        }
    }

    ServerMeter(WireConnection connection) {
        this.connection = connection;
        this.overhead = overhead();
    }

    /// What the server spends while `work` is done.
    Spent during(Runnable work) {
        return raw(work).minus(overhead);
    }

    /// `used_memory` without what an empty server takes and without the buffers of connections, which are ours.
    long memoryBytes() {
        Map<String, String> memory = section("memory");
        return number(memory, "used_memory")
                - number(memory, "used_memory_startup")
                - number(memory, "mem_clients_normal");
    }

    @Override
    public void close() {
        connection.close();
    }

    private Spent raw(Runnable work) {
        Map<String, String> traffic = section("stats");
        double cpu = cpuSeconds();
        work.run();
        double cpuAfter = cpuSeconds();
        Map<String, String> trafficAfter = section("stats");
        return new Spent(
                cpuAfter - cpu,
                number(trafficAfter, "total_net_input_bytes") - number(traffic, "total_net_input_bytes"),
                number(trafficAfter, "total_net_output_bytes") - number(traffic, "total_net_output_bytes"));
    }

    private Spent overhead() {
        double[] cpu = new double[EMPTY_WINDOWS];
        Spent last = new Spent(0, 0, 0);
        for (int i = 0; i < EMPTY_WINDOWS; i++) {
            last = raw(() -> {});
            cpu[i] = last.cpuSeconds();
        }
        Arrays.sort(cpu);
        return new Spent(cpu[EMPTY_WINDOWS / 2], last.bytesIn(), last.bytesOut());
    }

    private double cpuSeconds() {
        Map<String, String> cpu = section("cpu");
        return Double.parseDouble(cpu.getOrDefault("used_cpu_user", "0"))
                + Double.parseDouble(cpu.getOrDefault("used_cpu_sys", "0"));
    }

    private Map<String, String> section(String name) {
        Map<String, String> fields = new HashMap<>();
        connection.call("INFO", name).text().lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        });
        return fields;
    }

    private static long number(Map<String, String> fields, String name) {
        return Long.parseLong(fields.getOrDefault(name, "0"));
    }
}
