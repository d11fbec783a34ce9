package io.cachewright.app;

import io.cachewright.lab.load.LoadGenerator;
import io.cachewright.lab.load.LoadSettings;
import io.cachewright.lab.scenario.Bystanders;
import io.cachewright.lab.scenario.Scenario;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerBinaries;
import io.cachewright.lab.wire.Command;
import io.cachewright.lab.wire.Credentials;
import io.cachewright.lab.wire.WireConnection;
import io.cachewright.optimizer.connect.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A scenario brought up on this machine: a private server, filled, and under its load until closed.
final class BuiltInDeployment implements AutoCloseable {

    private static final int FILL_BATCH = 500;

    /// The load ends by itself after this time, whatever happens to the program.
    private static final Duration LOAD_MAX = Duration.ofMinutes(5);

    private static final Duration LOAD_END_MAX = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(BuiltInDeployment.class);

    private final RedisServer server;
    private final Bystanders bystanders;
    private final Thread load;

    private BuiltInDeployment(RedisServer server, Bystanders bystanders, Thread load) {
        this.server = server;
        this.bystanders = bystanders;
        this.load = load;
    }

    static BuiltInDeployment start(Scenario scenario) {
        RedisServer server = RedisServer.start(ServerBinaries.embedded(), scenario.settings());
        try {
            fill(server, scenario.fill());
            Bystanders bystanders = scenario.bystanders(server.address(), server.credentials());
            return new BuiltInDeployment(server, bystanders, startLoad(server, scenario));
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    Target.Live target() {
        return Target.Live.at(server.address());
    }

    /// Who may look at it; empty when everybody may.
    Optional<Credentials> credentials() {
        return server.credentials();
    }

    String version() {
        return server.version().toString();
    }

    private static void fill(RedisServer server, Iterator<Command> commands) {
        try (WireConnection connection = server.connect()) {
            List<Command> batch = new ArrayList<>(FILL_BATCH);
            while (commands.hasNext()) {
                batch.add(commands.next());
                if (batch.size() == FILL_BATCH || !commands.hasNext()) {
                    connection.pipeline(batch);
                    batch.clear();
                }
            }
        }
    }

    private static Thread startLoad(RedisServer server, Scenario scenario) {
        return Thread.ofPlatform().name("built-in-load").daemon().start(() -> {
            try {
                LoadGenerator.openLoop()
                        .run(
                                server.address(),
                                scenario.loadCredentials().or(server::credentials),
                                scenario.workload(),
                                LoadSettings.lasting(LOAD_MAX));
            } catch (CancellationException ended) {
                LOG.debug("the built-in load has ended");
            }
        });
    }

    /// Ends the load, waits for it, and stops the server.
    @Override
    public void close() {
        load.interrupt();
        try {
            load.join(LOAD_END_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        bystanders.close();
        server.close();
    }
}
