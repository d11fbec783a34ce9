package io.cachewright.lab.scenario;

import io.cachewright.lab.load.Workload;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.Address;
import io.cachewright.lab.wire.Command;
import io.cachewright.lab.wire.Credentials;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// A deployment that can be brought up on this machine: start a server with [#settings()], send it [#fill()], then run
/// [#workload()] beside [#bystanders].
public interface Scenario {

    String name();

    /// One sentence for a person who watches it come up.
    String description();

    ServerSettings settings();

    /// The commands that create the keyspace; the same each time.
    Iterator<Command> fill();

    Workload workload();

    /// Who the load signs in as, when not as the server's own default user.
    Optional<Credentials> loadCredentials();

    /// Starts the clients whose fault is not in their commands: those that connect anew for each, or never read.
    /// They go when closed.
    Bystanders bystanders(Address address, Optional<Credentials> credentials);

    /// What is wrong on purpose; empty for a healthy deployment.
    List<PlantedMistake> planted();
}
