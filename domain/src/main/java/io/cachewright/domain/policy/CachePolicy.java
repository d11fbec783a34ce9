package io.cachewright.domain.policy;

import io.cachewright.domain.InvalidInput;
import io.cachewright.domain.Problems;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// All classes of keys of one service: what the optimizer recommends and the runtime executes.
///
/// @param classes whose prefixes do not overlap, so that each key belongs to one class at most
public record CachePolicy(List<CacheClass> classes) {

    /// What the keys begin with under which the runtime keeps its own things in the server.
    public static final String RESERVED = "cachewright:";

    public CachePolicy {
        classes = List.copyOf(classes);
        Problems problems = new Problems("cache policy");
        if (classes.isEmpty()) {
            problems.add("at least one class of keys is needed");
        }
        overlaps(classes).forEach(overlap -> problems.add(overlap.text()));
        Map<String, Long> byName =
                classes.stream().collect(Collectors.groupingBy(CacheClass::name, Collectors.counting()));
        byName.forEach((name, count) -> {
            if (count > 1) {
                problems.add("class " + name + " is given " + count + " times");
            }
        });
        classes.stream()
                .filter(each -> isReserved(each.prefix()))
                .forEach(each -> problems.add("prefix " + each.prefix() + " of " + each.name() + " " + RESERVED_TEXT));
        InvalidationGraph.build(classes, (_, problem) -> problems.add(problem));
        problems.throwIfAny();
    }

    static final String RESERVED_TEXT = "takes in keys that start with " + RESERVED + ", which are the runtime's own";

    static boolean isReserved(String prefix) {
        return prefix.startsWith(RESERVED) || RESERVED.startsWith(prefix);
    }

    /// Two classes of which one prefix starts with the other.
    record Overlap(CacheClass one, CacheClass other) {
        String text() {
            return "prefixes must not overlap: " + one.prefix() + " of " + one.name() + " and " + other.prefix()
                    + " of " + other.name();
        }
    }

    public static CachePolicy of(CacheClass... classes) {
        return new CachePolicy(List.of(classes));
    }

    /// Reads a policy file; `source` names it for people.
    ///
    /// @throws InvalidInput with every problem of the file, each with its line
    public static CachePolicy parse(String source, String yaml) {
        return PolicyYaml.read(source, yaml);
    }

    /// The file that [#parse] reads back as this policy.
    public String toYaml() {
        return PolicyYaml.write(this);
    }

    /// Each pair that overlaps, in order.
    static List<Overlap> overlaps(Collection<CacheClass> classes) {
        List<Overlap> overlaps = new ArrayList<>();
        List<CacheClass> before = new ArrayList<>();
        for (CacheClass other : classes) {
            for (CacheClass one : before) {
                if (one.prefix().startsWith(other.prefix()) || other.prefix().startsWith(one.prefix())) {
                    overlaps.add(new Overlap(one, other));
                }
            }
            before.add(other);
        }
        return overlaps;
    }
}
