package io.cachewright.lab.deployment;

import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.wire.Address;
import io.cachewright.lab.wire.Reply;
import io.cachewright.lab.wire.WireConnection;
import java.util.List;

/// One slot on its way from one primary to another, as `redis-cli --cluster reshard` moves it, step by step.
///
/// While it is under way, keys that have moved are answered for by `ASK`, those that have not as before.
public final class SlotMove {

    private static final int MIGRATE_TIMEOUT_MILLIS = 5_000;

    private final int slot;
    private final RedisServer source;
    private final RedisServer target;
    private final List<RedisServer> nodes;

    SlotMove(int slot, RedisServer source, RedisServer target, List<RedisServer> nodes) {
        this.slot = slot;
        this.source = source;
        this.target = target;
        this.nodes = nodes;
        String sourceId = RedisCluster.idOf(source);
        String targetId = RedisCluster.idOf(target);
        command(target, "CLUSTER", "SETSLOT", Integer.toString(slot), "IMPORTING", sourceId);
        command(source, "CLUSTER", "SETSLOT", Integer.toString(slot), "MIGRATING", targetId);
    }

    public RedisServer source() {
        return source;
    }

    public RedisServer target() {
        return target;
    }

    /// Moves up to `most` keys; how many there were.
    public int moveKeys(int most) {
        try (WireConnection connection = source.connect()) {
            List<Reply> keys = connection
                    .call("CLUSTER", "GETKEYSINSLOT", Integer.toString(slot), Integer.toString(most))
                    .elements();
            Address.Tcp to = (Address.Tcp) target.address();
            for (Reply key : keys) {
                connection
                        .call(
                                "MIGRATE",
                                to.host(),
                                Integer.toString(to.port()),
                                key.text(),
                                "0",
                                Integer.toString(MIGRATE_TIMEOUT_MILLIS))
                        .orThrow();
            }
            return keys.size();
        }
    }

    /// Moves what is left and hands the slot over.
    public void finish() {
        while (moveKeys(100) > 0) {
            Thread.onSpinWait();
        }
        handOver();
    }

    /// Gives the slot to its target without moving its keys: a mistake that operators make.
    public void handOver() {
        String targetId = RedisCluster.idOf(target);
        command(target, "CLUSTER", "SETSLOT", Integer.toString(slot), "NODE", targetId);
        for (RedisServer node : nodes) {
            if (node != target && node.isAlive() && isPrimary(node)) {
                command(node, "CLUSTER", "SETSLOT", Integer.toString(slot), "NODE", targetId);
            }
        }
    }

    private static boolean isPrimary(RedisServer node) {
        return Patience.field(Patience.ask(node, "INFO", "replication"), "role").stream()
                .anyMatch("master"::equals);
    }

    private static void command(RedisServer node, String... arguments) {
        try (WireConnection connection = node.connect()) {
            connection.call(arguments).orThrow();
        }
    }
}
