package io.cachewright.optimizer.rules.connections;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Remedy;
import io.cachewright.optimizer.advice.RemedyBuilder;
import io.cachewright.optimizer.diagnose.Situation;
import io.cachewright.optimizer.evidence.HostFacts;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import java.util.Optional;

/// How many clients a server takes: the lesser of `maxclients` and what its open files allow.
record ClientLimit(long maxclients, Optional<Long> openFiles) {

    /// Files that the server keeps for itself (valkey: src/server.h, CONFIG_MIN_RESERVED_FDS).
    private static final long RESERVED_FILES = 32;

    private static final long ROUNDED_TO = 1_000;

    static ClientLimit of(Situation situation) {
        return new ClientLimit(situation.parameterNumber("maxclients"), situation.hostFact(HostFacts::openFilesMax));
    }

    long effective() {
        return Math.min(
                maxclients, openFiles.map(files -> files - RESERVED_FILES).orElse(maxclients));
    }

    /// Twice what is connected: a failover moves the clients of another server here while the old ones linger.
    Remedy raise(Situation situation, long connected, String seen) {
        long wanted = Math.ceilDiv(Math.max(2 * connected, maxclients + 1), ROUNDED_TO) * ROUNDED_TO;
        RemedyBuilder remedy = remedy("raise-maxclients", "Set maxclients to " + wanted);
        openFiles
                .filter(files -> files < wanted + RESERVED_FILES)
                .ifPresent(files -> remedy.change(new Change.SetHost(
                        "LimitNOFILE of the server",
                        Long.toString(files),
                        Long.toString(wanted + RESERVED_FILES),
                        "prlimit --pid $(pidof redis-server valkey-server) --nofile=" + (wanted + RESERVED_FILES),
                        "prlimit --pid $(pidof redis-server valkey-server) --nofile=" + files)));
        return remedy.change(situation.set("maxclients", Long.toString(wanted)))
                .because(seen + "; twice the " + connected + " clients of now are " + wanted + ", rounded up")
                .protects("clients that reconnect after a failover are let in")
                .risk(Remedy.Risk.Level.LOW, "each client takes memory: limit that by maxmemory-clients")
                .costs("about 20 KB of memory a connected client")
                .serves(Objective.OPERATIONS)
                .harms(Objective.MEMORY)
                .notProvable("it acts only when the limit is reached")
                .build();
    }
}
