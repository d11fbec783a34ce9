package io.cachewright.optimizer.diagnose;

import io.cachewright.optimizer.advice.Remedy;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Builds the *found* verdict of a rule: how grave, what suffers, what was seen, how to mend it.
///
/// ```
/// return situation.finding(CARD, Severity.HIGH)
///         .affects(Objective.MEMORY)
///         .seen("maxmemory 0 (no limit)", "CONFIG GET maxmemory")
///         .remedy(raise(situation))
///         .verdict();
/// ```
public final class FindingBuilder {

    private final RuleCard card;
    private final Severity severity;
    private final String node;
    private final Set<Objective> affects = EnumSet.noneOf(Objective.class);
    private final List<Finding.Observation> seen = new ArrayList<>();
    private final List<String> families = new ArrayList<>();
    private final List<Remedy> remedies = new ArrayList<>();
    private String title;

    FindingBuilder(RuleCard card, Severity severity, String node) {
        this.card = card;
        this.severity = severity;
        this.node = node;
        title = card.title();
    }

    /// More specific than the rule's own title.
    public FindingBuilder title(String specific) {
        title = specific;
        return this;
    }

    public FindingBuilder affects(Objective... objectives) {
        affects.addAll(List.of(objectives));
        return this;
    }

    /// @param text with its number and unit
    /// @param source where it was read
    public FindingBuilder seen(String text, String source) {
        seen.add(new Finding.Observation(text, source));
        return this;
    }

    /// The pattern of a key family that this is about.
    public FindingBuilder family(String pattern) {
        families.add(pattern);
        return this;
    }

    /// The recommended remedy first, then the other ways.
    public FindingBuilder remedy(Remedy... inOrder) {
        remedies.addAll(List.of(inOrder));
        return this;
    }

    public Verdict.Found verdict() {
        return new Verdict.Found(
                new Finding(card.id(), title, card.topic(), severity, affects, seen, node, families), remedies);
    }
}
