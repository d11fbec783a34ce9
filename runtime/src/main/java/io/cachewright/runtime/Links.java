package io.cachewright.runtime;

import java.util.List;

/// The links to the servers of one deployment, and which of them answers for a key.
interface Links extends AutoCloseable {

    /// The link to read and write `key` over now; another one perhaps at the next call.
    ServerLink of(String key);

    /// Every link there is just now.
    List<ServerLink> all();

    /// Time passes: call it at least once per heartbeat.
    void tick();

    @Override
    void close();

    /// One link to one server.
    static Links single(ServerLink link) {
        return new Links() {
            @Override
            public ServerLink of(String key) {
                return link;
            }

            @Override
            public List<ServerLink> all() {
                return List.of(link);
            }

            @Override
            public void tick() {
                link.tick();
            }

            @Override
            public void close() {
                link.close();
            }
        };
    }
}
