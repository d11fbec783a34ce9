package io.cachewright.domain;

import java.util.ArrayList;
import java.util.List;

/// Gathers all that is wrong with one input, so that it is told together and not one run at a time.
public final class Problems {

    private final String source;
    private final List<String> found = new ArrayList<>();

    /// `source` names the input for people: a file name, a flag.
    public Problems(String source) {
        this.source = source;
    }

    public void add(String problem) {
        found.add(problem);
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    public List<String> found() {
        return List.copyOf(found);
    }

    /// Throws an [InvalidInput] that lists every problem; does nothing when there is none.
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new InvalidInput(source, found);
        }
    }
}
