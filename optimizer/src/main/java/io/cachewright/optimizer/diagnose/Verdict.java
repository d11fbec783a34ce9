package io.cachewright.optimizer.diagnose;

import io.cachewright.optimizer.advice.Remedy;
import java.util.List;

/// What a rule says about one node.
public sealed interface Verdict {

    /// Something is wrong.
    ///
    /// @param remedies ways to mend it, the recommended one first; empty when only people can decide
    record Found(Finding finding, List<Remedy> remedies) implements Verdict {
        public Found {
            remedies = List.copyOf(remedies);
        }
    }

    /// Checked, and fine.
    ///
    /// @param detail the number that says so, for example `used 41 % of maxmemory`
    record Healthy(String detail) implements Verdict {}

    /// The rule has no meaning here.
    record NotApplicable(String reason) implements Verdict {}

    /// The evidence for a judgement is missing.
    record Unknown(String missing) implements Verdict {}
}
