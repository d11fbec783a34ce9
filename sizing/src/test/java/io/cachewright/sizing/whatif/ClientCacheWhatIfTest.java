package io.cachewright.sizing.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.Reply;
import io.cachewright.lab.wire.WireConnection;
import io.cachewright.sizing.trace.Operation;
import io.cachewright.sizing.trace.Trace;
import io.cachewright.sizing.trace.TraceBuilder;
import io.cachewright.sizing.whatif.ClientCacheWhatIf.Mode;
import io.cachewright.sizing.whatif.ClientCacheWhatIf.Outcome;
import io.cachewright.sizing.whatif.ClientCacheWhatIf.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ClientCacheWhatIfTest {

    private static final int CLIENTS = 3;

    @Test
    void countsWhatARealServerSendsInTheDefaultMode() {
        Trace trace = mixed(2_000, 40);

        Outcome predicted = ClientCacheWhatIf.of(trace, Setting.inTurn(CLIENTS, 1_000, new Mode.Default()));

        assertThat(played(trace, new String[] {"CLIENT", "TRACKING", "ON"}))
                .isEqualTo(new Observed(predicted.localHits(), predicted.invalidations(), predicted.trackedKeysMax()));
    }

    @Test
    void countsWhatARealServerSendsInBroadcastingMode() {
        Trace trace = mixed(2_000, 40);
        Mode mode = new Mode.Broadcast(key -> trace.keyName(key).startsWith("hot:"));

        Outcome predicted = ClientCacheWhatIf.of(trace, Setting.inTurn(CLIENTS, 1_000, mode));

        assertThat(played(trace, new String[] {"CLIENT", "TRACKING", "ON", "BCAST", "PREFIX", "hot:"}))
                .isEqualTo(new Observed(predicted.localHits(), predicted.invalidations(), 0));
    }

    @Test
    void aSmallCacheHitsLessAndIsToldOfWhatItDropped() {
        Trace trace = mixed(5_000, 200);

        Outcome small = ClientCacheWhatIf.of(trace, Setting.inTurn(CLIENTS, 10, new Mode.Default()));
        Outcome large = ClientCacheWhatIf.of(trace, Setting.inTurn(CLIENTS, 1_000, new Mode.Default()));

        assertThat(small.localHits()).isLessThan(large.localHits());
        assertThat(small.invalidations()).isEqualTo(large.invalidations());
        assertThat(small.trackedKeysMax()).isEqualTo(large.trackedKeysMax());
    }

    private record Observed(long localHits, long invalidations, long trackedKeysMax) {}

    /// Each read goes to the server only if the client does not hold the key; a client forgets what it is
    /// told to.
    private static Observed played(Trace trace, String[] tracking) {
        boolean byPrefix = tracking.length > 3;
        try (RedisServer server = RedisServer.start(ServerSettings.onUnixSocket());
                WireConnection writer = server.connect()) {
            List<WireConnection> clients = new ArrayList<>();
            List<Set<String>> held = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                WireConnection client = server.connect();
                client.hello(3).orThrow();
                client.call(tracking).orThrow();
                clients.add(client);
                held.add(new HashSet<>());
            }
            for (int key = 0; key < trace.keyCount(); key++) {
                writer.call("SET", trace.keyName(key), "x").orThrow();
            }
            clients.forEach(client -> drain(client, new HashSet<>()));
            long localHits = 0;
            long invalidations = 0;
            long trackedMax = 0;
            for (int access = 0; access < trace.length(); access++) {
                String key = trace.keyName(trace.key(access));
                int reader = access % CLIENTS;
                if (trace.operation(access) == Operation.READ) {
                    if (byPrefix && !key.startsWith("hot:")) {
                        continue;
                    }
                    if (!held.get(reader).add(key)) {
                        localHits++;
                    } else {
                        clients.get(reader).call("GET", key).orThrow();
                        trackedMax = Math.max(trackedMax, trackedKeys(writer));
                    }
                } else {
                    writer.call("SET", key, "y").orThrow();
                    for (int i = 0; i < CLIENTS; i++) {
                        invalidations += drain(clients.get(i), held.get(i));
                    }
                }
            }
            clients.forEach(WireConnection::close);
            return new Observed(localHits, invalidations, trackedMax);
        }
    }

    /// Messages were sent before the answer to the write, so they lie ahead of the answer to a `PING` that
    /// follows it.
    private static int drain(WireConnection client, Set<String> held) {
        client.call("PING").orThrow();
        int told = 0;
        Optional<Reply> push = client.receive(Duration.ofMillis(1));
        while (push.isPresent()) {
            for (Reply key : push.get().elements().get(1).elements()) {
                held.remove(key.text());
                told++;
            }
            push = client.receive(Duration.ofMillis(1));
        }
        return told;
    }

    private static long trackedKeys(WireConnection connection) {
        for (String line : connection.call("INFO", "stats").text().split("\r\n")) {
            if (line.startsWith("tracking_total_keys:")) {
                return Long.parseLong(line.substring("tracking_total_keys:".length()));
            }
        }
        throw new IllegalStateException("INFO has no tracking_total_keys");
    }

    private static Trace mixed(int accesses, int keys) {
        Random random = new Random(5);
        TraceBuilder trace = new TraceBuilder("mixed");
        for (int i = 0; i < accesses; i++) {
            int key = (int) (keys * random.nextDouble() * random.nextDouble());
            byte[] name = ((key % 2 == 0 ? "hot:" : "cold:") + key).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            trace.add(i * 1_000L, name, random.nextInt(10) == 0 ? Operation.WRITE : Operation.READ, 1, 0);
        }
        return trace.build();
    }
}
