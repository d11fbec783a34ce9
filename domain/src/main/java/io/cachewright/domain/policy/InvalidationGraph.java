package io.cachewright.domain.policy;

import io.cachewright.domain.Problems;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// The cascades of all classes of a policy, followed to their ends.
///
/* A cascade leads from a class to the classes that its target reaches: the one whose prefix a key begins with, those that
 * carry a tag of the same shape, the one that is named. Classes are ranked so that each comes after all that lead to it;
 * a policy in which that cannot be done is refused with the cycle.
 *
 * Invalidation goes by rank: what is computed from something must not be computed anew before that is invalid too. A tag
 * that several classes carry is therefore taken up at the rank of each.
 *
 * What a class is reached by decides which of its own cascades can be followed: by a key all of them, by a tag those whose
 * variables the tag gives, by its name those without variables. Anything that could not be followed is refused.
 */
public final class InvalidationGraph {

    /// One call invalidates no more than this; a mistake in a policy or in a call must not become a flood.
    public static final int FAN_OUT_MAX = 100_000;

    /// What becomes invalid in one step, after the steps before it.
    public record Step(Set<String> keys, Set<String> tags, Set<String> classes) {
        public Step {
            keys = Set.copyOf(keys);
            tags = Set.copyOf(tags);
            classes = Set.copyOf(classes);
        }
    }

    private final List<CacheClass> classes;
    private final Map<String, Integer> rankOf;

    private InvalidationGraph(List<CacheClass> classes, Map<String, Integer> rankOf) {
        this.classes = classes;
        this.rankOf = rankOf;
    }

    /// @throws io.cachewright.domain.InvalidInput with everything that is wrong with the cascades
    public static InvalidationGraph of(CachePolicy policy) {
        Problems problems = new Problems("cache policy");
        InvalidationGraph graph = build(policy.classes(), (_, problem) -> problems.add(problem));
        problems.throwIfAny();
        return graph;
    }

    /// `problems` hears what is wrong with the cascades of a class, by its name.
    static InvalidationGraph build(List<CacheClass> classes, BiConsumer<String, String> problems) {
        Map<String, Set<String>> edges = new LinkedHashMap<>();
        InvalidationGraph unranked = new InvalidationGraph(List.copyOf(classes), Map.of());
        for (CacheClass from : classes) {
            Set<String> to = edges.computeIfAbsent(from.name(), _ -> new LinkedHashSet<>());
            for (Cascade cascade : from.invalidation().cascades()) {
                unranked.check(from, cascade, problems);
                unranked.reachedBy(cascade).forEach(reached -> to.add(reached.name()));
            }
        }
        return new InvalidationGraph(List.copyOf(classes), ranks(edges, problems));
    }

    private void check(CacheClass from, Cascade cascade, BiConsumer<String, String> problems) {
        String what = from.name() + " cascades to " + cascade;
        List<CacheClass> reached = reachedBy(cascade);
        if (reached.isEmpty()) {
            problems.accept(
                    from.name(),
                    what + ", which "
                            + switch (cascade) {
                                case Cascade.ToKey _ -> "belongs to no class";
                                case Cascade.ToTag _ -> "no class carries";
                                case Cascade.ToClass _ -> "does not exist";
                            });
        }
        for (CacheClass to : reached) {
            if (cascade instanceof Cascade.ToClass && !to.invalidation().byGeneration()) {
                problems.accept(
                        from.name(),
                        what + ", which is not invalidated by generation: say `by-generation: true` there");
            }
            for (Cascade next : to.invalidation().cascades()) {
                if (!canFollow(cascade, to, next)) {
                    problems.accept(
                            from.name(),
                            what + ", and " + to.name() + " to " + next + ", whose variables are not known then");
                }
            }
        }
    }

    private static boolean canFollow(Cascade cascade, CacheClass to, Cascade next) {
        Set<String> wanted = InvalidationRules.variablesOf(next);
        return wanted.isEmpty()
                || switch (cascade) {
                    case Cascade.ToKey(KeyTemplate key) ->
                        to.invalidation()
                                .key()
                                .map(KeyTemplate::shape)
                                .filter(key.shape()::equals)
                                .isPresent();
                    case Cascade.ToTag(KeyTemplate tag) ->
                        carried(to, tag).stream()
                                .allMatch(own -> own.variables().containsAll(wanted));
                    case Cascade.ToClass _ -> false;
                };
    }

    private List<CacheClass> reachedBy(Cascade cascade) {
        return classes.stream()
                .filter(each -> switch (cascade) {
                    case Cascade.ToKey(KeyTemplate key) -> key.literalPrefix().startsWith(each.prefix());
                    case Cascade.ToTag(KeyTemplate tag) -> !carried(each, tag).isEmpty();
                    case Cascade.ToClass(String name) -> each.name().equals(name);
                })
                .toList();
    }

    private static List<KeyTemplate> carried(CacheClass by, KeyTemplate tag) {
        return by.invalidation().tags().stream()
                .filter(own -> own.shape().equals(tag.shape()))
                .toList();
    }

    /// The longest way to each class, by taking away what nothing leads to.
    private static Map<String, Integer> ranks(Map<String, Set<String>> edges, BiConsumer<String, String> problems) {
        Map<String, Integer> ranks = new HashMap<>();
        Map<String, Integer> open = new LinkedHashMap<>();
        edges.keySet().forEach(name -> open.put(name, 0));
        edges.values().forEach(targets -> targets.forEach(to -> open.merge(to, 1, Integer::sum)));
        Deque<String> free = new ArrayDeque<>();
        open.forEach((name, count) -> {
            if (count == 0) {
                free.add(name);
                ranks.put(name, 0);
            }
        });
        Set<String> done = new LinkedHashSet<>();
        while (!free.isEmpty()) {
            String from = free.remove();
            done.add(from);
            int next = ranks.getOrDefault(from, 0) + 1;
            for (String to : edges.getOrDefault(from, Set.of())) {
                ranks.merge(to, next, Math::max);
                if (open.merge(to, -1, Integer::sum) == 0) {
                    free.add(to);
                }
            }
        }
        if (done.size() < edges.size()) {
            List<String> circle = circle(edges, done);
            problems.accept(circle.getFirst(), "cascades run in a circle: " + String.join(" → ", circle));
        }
        return ranks;
    }

    /// Walks backwards among the classes that were not taken away until one comes again: each has another one
    /// of them before it, or it would have been.
    private static List<String> circle(Map<String, Set<String>> edges, Set<String> done) {
        Set<String> walked = new LinkedHashSet<>();
        String at = edges.keySet().stream()
                .filter(name -> !done.contains(name))
                .findFirst()
                .orElseThrow();
        while (walked.add(at)) {
            String to = at;
            at = edges.keySet().stream()
                    .filter(from -> !done.contains(from)
                            && edges.getOrDefault(from, Set.of()).contains(to))
                    .findFirst()
                    .orElseThrow();
        }
        return close(at, edges, done);
    }

    /// A way from `start` back to it.
    private static List<String> close(String start, Map<String, Set<String>> edges, Set<String> done) {
        Map<String, String> cameFrom = new HashMap<>();
        Deque<String> next = new ArrayDeque<>(List.of(start));
        while (!next.isEmpty()) {
            String at = next.remove();
            for (String to : edges.getOrDefault(at, Set.of())) {
                if (to.equals(start)) {
                    List<String> way = new ArrayList<>(List.of(start));
                    for (String back = at; !back.equals(start); back = cameFrom.getOrDefault(back, start)) {
                        way.add(1, back);
                    }
                    way.add(start);
                    return way;
                }
                if (!done.contains(to) && cameFrom.putIfAbsent(to, at) == null) {
                    next.add(to);
                }
            }
        }
        return List.of(start);
    }

    // Following cascades

    /// Everything that becomes invalid with `keys`, in the order in which it must.
    ///
    /// @throws IllegalArgumentException when that is more than [#FAN_OUT_MAX] keys, tags and classes
    public List<Step> from(Collection<String> keys) {
        Walk walk = new Walk();
        keys.forEach(walk::key);
        return walk.steps();
    }

    /// Whether values of some class carry `tag`.
    public boolean isCarried(String tag) {
        return classes.stream()
                .flatMap(each -> each.invalidation().tags().stream())
                .anyMatch(own -> own.match(tag).isPresent());
    }

    /// The templates of all tags that values of some class carry.
    public List<String> tags() {
        return classes.stream()
                .flatMap(each -> each.invalidation().tags().stream())
                .map(KeyTemplate::toString)
                .distinct()
                .toList();
    }

    /// Everything that becomes invalid with a tag.
    public List<Step> fromTag(String tag) {
        Walk walk = new Walk();
        walk.tag(tag);
        return walk.steps();
    }

    /// Everything that becomes invalid with all of a class.
    public List<Step> fromClass(String name) {
        Walk walk = new Walk();
        walk.wholeClass(name);
        return walk.steps();
    }

    private final class Walk {

        private record Reached(Set<String> keys, Set<String> tags, Set<String> classes) {}

        private final Map<Integer, Reached> byRank = new TreeMap<>();
        private final Set<String> seen = new LinkedHashSet<>();
        private final Deque<Runnable> pending = new ArrayDeque<>();

        void key(String key) {
            if (isNew("key " + key)) {
                Optional<CacheClass> owner = classes.stream()
                        .filter(each -> key.startsWith(each.prefix()))
                        .findFirst();
                at(owner.map(CacheClass::name).orElse("")).keys.add(key);
                owner.ifPresent(each -> follow(
                        each,
                        each.invalidation()
                                .key()
                                .flatMap(template -> template.match(key))
                                .orElse(Map.of())));
            }
        }

        void tag(String tag) {
            if (isNew("tag " + tag)) {
                boolean isCarried = false;
                for (CacheClass each : classes) {
                    for (KeyTemplate own : each.invalidation().tags()) {
                        Optional<Map<String, String>> values = own.match(tag);
                        if (values.isPresent()) {
                            isCarried = true;
                            at(each.name()).tags.add(tag);
                            follow(each, values.get());
                        }
                    }
                }
                if (!isCarried) {
                    at("").tags.add(tag);
                }
            }
        }

        void wholeClass(String name) {
            if (isNew("class " + name)) {
                at(name).classes.add(name);
                classes.stream().filter(each -> each.name().equals(name)).forEach(each -> follow(each, Map.of()));
            }
        }

        private boolean isNew(String what) {
            if (!seen.add(what)) {
                return false;
            }
            if (seen.size() > FAN_OUT_MAX) {
                throw new IllegalArgumentException("one call invalidates more than " + FAN_OUT_MAX
                        + " keys, tags and classes: use a tag or a generation, or several calls");
            }
            return true;
        }

        private Reached at(String className) {
            return byRank.computeIfAbsent(
                    rankOf.getOrDefault(className, 0),
                    _ -> new Reached(new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>()));
        }

        private void follow(CacheClass from, Map<String, String> values) {
            for (Cascade cascade : from.invalidation().cascades()) {
                if (values.keySet().containsAll(InvalidationRules.variablesOf(cascade))) {
                    pending.add(() -> {
                        switch (cascade) {
                            case Cascade.ToKey(KeyTemplate key) -> key(key.fill(values));
                            case Cascade.ToTag(KeyTemplate tag) -> tag(tag.fill(values));
                            case Cascade.ToClass(String name) -> wholeClass(name);
                        }
                    });
                }
            }
        }

        List<Step> steps() {
            while (!pending.isEmpty()) {
                pending.remove().run();
            }
            return byRank.values().stream()
                    .map(reached -> new Step(reached.keys, reached.tags, reached.classes))
                    .toList();
        }
    }
}
