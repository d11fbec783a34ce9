package io.cachewright.optimizer.advice;

import io.cachewright.optimizer.requirements.Requirements.Objective;
import java.util.List;
import java.util.Set;

/// One way to mend a finding. A finding with several remedies offers a choice, the recommended one first.
///
/// @param id unique within the rule, for example `raise-maxmemory`
/// @param title an imperative, for example `Set maxmemory to 1.5gb`
/// @param changes in the order in which they are carried out; at least one
/// @param reason why this, in one or two sentences with the observed numbers
/// @param expect what it is expected to do
/// @param risk what can go wrong when applying it, and how likely
/// @param cost what it takes from people and machines
/// @param serves what it makes better
/// @param harms what it makes worse
/// @param experiment how it can be proved
public record Remedy(
        String id,
        String title,
        List<Change> changes,
        String reason,
        List<Effect> expect,
        Risk risk,
        String cost,
        Set<Objective> serves,
        Set<Objective> harms,
        Experiment experiment) {

    public Remedy {
        changes = List.copyOf(changes);
        expect = List.copyOf(expect);
        serves = Set.copyOf(serves);
        harms = Set.copyOf(harms);
        if (changes.isEmpty()) {
            throw new IllegalArgumentException("remedy " + id + " changes nothing");
        }
    }

    /// @param level how much care applying needs
    /// @param text what can go wrong
    public record Risk(Level level, String text) {
        public enum Level {
            LOW,
            MEDIUM,
            HIGH
        }
    }
}
