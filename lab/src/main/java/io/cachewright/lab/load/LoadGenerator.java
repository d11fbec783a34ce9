package io.cachewright.lab.load;

import io.cachewright.lab.wire.Address;
import io.cachewright.lab.wire.Credentials;
import java.util.Optional;

/// Puts a workload on a server and measures what its clients would have felt.
public interface LoadGenerator {

    /// Runs the workload to the end of the settings' duration, on a thread of its own, and waits for it.
    ///
    /// @throws java.io.UncheckedIOException when the server cannot be reached, or refuses the credentials
    LoadResult run(Address address, Optional<Credentials> credentials, Workload workload, LoadSettings settings);

    /// Sends each command when it is due, whatever the server does, and counts latency from that moment: a stall of
    /// the server delays every command that falls into it, and each of them shows.
    static LoadGenerator openLoop() {
        return (address, credentials, workload, settings) -> LoadThread.run(
                address, credentials, workload.connections(), settings, set -> new OpenLoop(set, workload, settings));
    }

    /// Sends the commands of the workload in their order, without regard to when they are due or which
    /// connection they name, as fast as the server answers: each connection sends `pipelineDepth`
    /// commands, awaits all replies, and sends the next. For throughput only: its latency counts from
    /// sending, and hides what a stall does.
    static LoadGenerator closedLoop(int pipelineDepth) {
        if (pipelineDepth < 1) {
            throw new IllegalArgumentException("a pipeline is 1 deep or more, was " + pipelineDepth);
        }
        return (address, credentials, workload, settings) -> LoadThread.run(
                address,
                credentials,
                workload.connections(),
                settings,
                set -> new ClosedLoop(set, workload, settings, pipelineDepth));
    }
}
