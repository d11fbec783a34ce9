package io.cachewright.app;

import io.cachewright.lab.load.LoadGenerator;
import io.cachewright.lab.load.LoadResult;
import io.cachewright.lab.load.LoadSettings;
import io.cachewright.lab.load.TimedCommand;
import io.cachewright.lab.load.Workload;
import io.cachewright.lab.scenario.Bystanders;
import io.cachewright.lab.scenario.Scenario;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerBinaries;
import io.cachewright.lab.wire.Command;
import io.cachewright.lab.wire.WireConnection;
import io.cachewright.optimizer.connect.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/// A scenario brought up on this machine: a private server, filled, and under its load until closed.
final class BuiltInDeployment implements AutoCloseable {

    private static final int FILL_BATCH = 500;

    /// The load ends by itself after this time, whatever happens to the program.
    private static final Duration LOAD_MAX = Duration.ofMinutes(5);

    private final RedisServer server;
    private final Bystanders bystanders;
    private final AtomicBoolean isStopped = new AtomicBoolean();
    private final CompletableFuture<LoadResult> load = new CompletableFuture<>();

    private BuiltInDeployment(RedisServer server, Bystanders bystanders) {
        this.server = server;
        this.bystanders = bystanders;
    }

    static BuiltInDeployment start(Scenario scenario) {
        RedisServer server = RedisServer.start(ServerBinaries.embedded(), scenario.settings());
        try {
            fill(server, scenario.fill());
            BuiltInDeployment deployment =
                    new BuiltInDeployment(server, scenario.bystanders(server.address(), server.credentials()));
            deployment.startLoad(scenario);
            return deployment;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    Target.Live target() {
        return Target.Live.at(server.address());
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

    private void startLoad(Scenario scenario) {
        Workload untilStopped = new Workload() {
            @Override
            public int connections() {
                return scenario.workload().connections();
            }

            @Override
            public Iterator<TimedCommand> open() {
                Iterator<TimedCommand> commands = scenario.workload().open();
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return !isStopped.get() && commands.hasNext();
                    }

                    @Override
                    public TimedCommand next() {
                        return commands.next();
                    }
                };
            }
        };
        Thread.ofPlatform().name("built-in-load").daemon().start(() -> {
            try {
                load.complete(LoadGenerator.openLoop()
                        .run(
                                server.address(),
                                scenario.loadCredentials().or(server::credentials),
                                untilStopped,
                                LoadSettings.lasting(LOAD_MAX)));
            } catch (RuntimeException e) {
                load.completeExceptionally(e);
            }
        });
    }

    /// Ends the load, waits for it, and stops the server.
    @Override
    public void close() {
        isStopped.set(true);
        bystanders.close();
        load.handle((_, _) -> true).join();
        server.close();
    }
}
