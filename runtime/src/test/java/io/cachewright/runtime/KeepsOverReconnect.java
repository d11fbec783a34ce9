package io.cachewright.runtime;

import io.cachewright.runtime.coherence.LinkCoherence;

/// A guard switched off: what was stored before a reconnect stays.
final class KeepsOverReconnect extends LinkAnswers {

    KeepsOverReconnect(ServerLink link, LinkSettings settings, LinkCoherence<String> machine) {
        super(link, settings, machine);
    }

    @Override
    long storeEpoch() {
        return Long.MAX_VALUE;
    }
}
