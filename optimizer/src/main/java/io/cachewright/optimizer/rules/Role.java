package io.cachewright.optimizer.rules;

import io.cachewright.optimizer.diagnose.Situation;
import io.cachewright.optimizer.requirements.Requirements.StoreRole;
import java.util.Optional;

/// What losing the data of a server would mean, as far as anyone said or its settings show.
public enum Role {
    /// Required to be a cache, or configured so that it may drop any key.
    CACHE,
    /// Required to hold the only copy of something.
    RECORD,
    /// Nobody said, and it never evicts.
    UNKNOWN;

    /// The requirement decides; a server that evicts any key is a cache whatever it was meant to be.
    public static Role of(Situation situation) {
        Optional<StoreRole> required = situation.requirements().storeRole();
        if (required.isPresent()) {
            return switch (required.get()) {
                case CACHE -> CACHE;
                case SYSTEM_OF_RECORD -> RECORD;
            };
        }
        boolean dropsAnyKey = situation
                .optionalParameter("maxmemory-policy")
                .filter(policy -> policy.startsWith("allkeys"))
                .isPresent();
        return dropsAnyKey ? CACHE : UNKNOWN;
    }
}
