package io.cachewright.optimizer.apply;

import java.util.List;

/// A change that failed halfway. What had been done was taken back, except what [#leftChanged()] names.
public final class ChangeFailed extends RuntimeException {

    private final transient List<String> leftChanged;

    ChangeFailed(String failure, List<String> leftChanged, Throwable cause) {
        super(
                leftChanged.isEmpty()
                        ? failure + "; everything was put back"
                        : failure + "; could not be put back: " + String.join("; ", leftChanged),
                cause);
        this.leftChanged = List.copyOf(leftChanged);
    }

    /// What still has its new value and why; empty when everything was put back.
    public List<String> leftChanged() {
        return leftChanged;
    }
}
