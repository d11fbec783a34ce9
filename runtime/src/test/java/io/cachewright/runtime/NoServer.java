package io.cachewright.runtime;

import io.cachewright.runtime.coherence.LinkActions;
import io.cachewright.runtime.coherence.LinkState;

/// The driver of a link that leads nowhere and behind which nothing is kept; a test overrides what it wants to hear.
class NoServer implements LinkActions<String> {

    @Override
    public void connect(long generation) {
        // Nobody is there.
    }

    @Override
    public void heartbeat(long generation, long id) {
        // Nobody answers.
    }

    @Override
    public void close(long generation) {
        // Nothing is open.
    }

    @Override
    public void drop(String key) {
        // Nothing is kept.
    }

    @Override
    public void dropBefore(long epoch) {
        // Nothing is kept.
    }

    @Override
    public void changed(LinkState state) {
        // Nobody listens.
    }
}
