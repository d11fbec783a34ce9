package io.cachewright.optimizer.diagnose;

import java.util.List;
import java.util.Set;

/// What a rule is, apart from its verdict.
///
/// @param id unique and stable, for example `MEM-01` or `TRD-B6`
/// @param title what is wrong when it is found, as a sentence without a full stop
/// @param scope which nodes it judges
/// @param needs without which the verdict is unknown
/// @param why one or two sentences: what happens to a trading system that has this
/// @param sources papers, documentation, upstream files, ids of peers' rules
public record RuleCard(
        String id, String title, Topic topic, Scope scope, Set<Need> needs, String why, List<String> sources) {

    /// Which nodes a rule judges.
    public enum Scope {
        EVERY_NODE,
        PRIMARY,
        REPLICAS
    }

    public RuleCard {
        needs = Set.copyOf(needs);
        sources = List.copyOf(sources);
    }
}
