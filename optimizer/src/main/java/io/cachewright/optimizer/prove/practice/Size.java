package io.cachewright.optimizer.prove.practice;

import java.util.Locale;

/// A number that scales a trial.
///
/// @param isObserved whether it was read from the target; otherwise it is the trial's own assumption
/// @param isCut whether more was observed than fits on a shadow
public record Size(String name, int value, boolean isObserved, boolean isCut) {

    /// `500 levels`, `20 changes a batch (assumed)`, `20000 keys (scaled down)`.
    @Override
    public String toString() {
        String words =
                name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT).replace("per batch", "a batch");
        return value + " " + words + (isObserved ? isCut ? " (scaled down)" : "" : " (assumed)");
    }
}
