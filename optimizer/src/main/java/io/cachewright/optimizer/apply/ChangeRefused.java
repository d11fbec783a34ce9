package io.cachewright.optimizer.apply;

import java.util.List;

/// Changes that must not be made; nothing was touched.
public final class ChangeRefused extends RuntimeException {

    private final transient List<String> reasons;

    ChangeRefused(List<String> reasons) {
        super("nothing was changed: " + String.join("; ", reasons));
        this.reasons = List.copyOf(reasons);
    }

    /// Each as one clause.
    public List<String> reasons() {
        return reasons;
    }
}
