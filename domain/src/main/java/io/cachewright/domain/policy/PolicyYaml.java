package io.cachewright.domain.policy;

import io.cachewright.domain.Durations;
import io.cachewright.domain.InvalidInput;
import io.cachewright.domain.Problems;
import io.cachewright.domain.yaml.StrictYaml;
import io.cachewright.domain.yaml.YamlSection;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The cache policy as a YAML file. Its schema is published as `docs/reference/cache-policy.schema.json`.
final class PolicyYaml {

    private static final long VERSION = 1;

    private PolicyYaml() {}

    static CachePolicy read(String source, String yaml) {
        Problems problems = new Problems(source);
        Optional<List<CacheClass>> classes = StrictYaml.read(yaml, problems, PolicyYaml::classes);
        problems.throwIfAny();
        return new CachePolicy(classes.orElseThrow());
    }

    private static List<CacheClass> classes(YamlSection root) {
        root.require("version", "classes");
        root.integer("version", VERSION, VERSION);
        Map<CacheClass, YamlSection> sections = new LinkedHashMap<>();
        Map<String, YamlSection> named = root.named("classes");
        if (root.has("classes") && named.isEmpty()) {
            root.problem("classes", "must name at least one class of keys");
        }
        named.forEach((name, section) -> read(name, section).ifPresent(policy -> sections.put(policy, section)));
        CachePolicy.overlaps(sections.keySet()).forEach(overlap -> {
            YamlSection section = sections.get(overlap.other());
            if (section != null) {
                section.problem(
                        "prefix",
                        "overlaps `" + overlap.one().prefix() + "` of class "
                                + overlap.one().name() + ": a key must belong to one class");
            }
        });
        if (sections.size() == named.size()) {
            InvalidationGraph.build(List.copyOf(sections.keySet()), (from, problem) -> {
                YamlSection section = named.get(from);
                if (section != null) {
                    section.problem("invalidation", problem);
                }
            });
        }
        return List.copyOf(sections.keySet());
    }

    private static Optional<CacheClass> read(String name, YamlSection section) {
        section.require("prefix");
        Optional<String> given = section.text("prefix");
        if (given.filter(String::isEmpty).isPresent()) {
            section.problem("prefix", "must not be empty: it says which keys belong to the class");
        }
        // A placeholder that no other class can overlap with; the file is refused anyhow.
        String prefix = given.filter(text -> !text.isEmpty()).orElse("\0" + name);
        if (CachePolicy.isReserved(prefix)) {
            section.problem("prefix", CachePolicy.RESERVED_TEXT);
        }
        CacheClass.Builder builder = CacheClass.builder(name, prefix);
        readFreshness(section).ifPresent(builder::freshness);
        section.choice("when-unproved", WhenUnproved.class).ifPresent(builder::whenUnproved);
        section.choice("writers", Writers.class).ifPresent(builder::writers);
        readDurability(section).ifPresent(builder::durability);
        section.integer("remote-max", 1, Integer.MAX_VALUE).ifPresent(max -> builder.remoteMax(max.intValue()));
        section.integer("fields-max", 1, CacheClass.FIELDS_MAX).ifPresent(max -> builder.fieldsMax(max.intValue()));
        section.section("near").ifPresent(near -> readNear(near, builder));
        section.section("loading").flatMap(PolicyYaml::readLoading).ifPresent(builder::loading);
        section.section("invalidation").flatMap(PolicyYaml::readInvalidation).ifPresent(builder::invalidation);
        try {
            return Optional.of(builder.build());
        } catch (InvalidInput e) {
            e.problems().forEach(section::problem);
            return Optional.empty();
        }
    }

    /// `strict`, `best-effort`, or the age that bounds it.
    private static Optional<Freshness> readFreshness(YamlSection section) {
        Optional<String> text = section.text("freshness");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return switch (text.get().toLowerCase(Locale.ROOT)) {
            case "strict" -> Optional.of(Freshness.strict());
            case "best-effort" -> Optional.of(Freshness.bestEffort());
            default -> {
                Optional<Duration> bound =
                        Durations.parse(text.get()).filter(age -> !age.isZero() && age.compareTo(Spans.MAX) <= 0);
                if (bound.isEmpty()) {
                    section.problem(
                            "freshness",
                            "must be strict, best-effort, or the greatest age such as 250ms (365d at most), was `"
                                    + text.get() + "`");
                }
                yield bound.map(Freshness::bounded);
            }
        };
    }

    private static Optional<Durability> readDurability(YamlSection section) {
        Optional<String> text = section.text("durability");
        Optional<Durability> durability = text.flatMap(Durability::parse);
        if (text.isPresent() && durability.isEmpty()) {
            section.problem(
                    "durability",
                    "must be async, replicated(1 to " + Durability.REPLICAS_MAX + ") or durable(0 to "
                            + Durability.REPLICAS_MAX + "), was `" + text.get() + "`");
        }
        return durability;
    }

    private static void readNear(YamlSection near, CacheClass.Builder builder) {
        if (near.has("entries") && near.has("bytes")) {
            near.problem("bytes", "cannot be given together with `entries`: one bound or the other");
        }
        near.integer("entries", 1, Integer.MAX_VALUE).map(NearBound::entries).ifPresent(builder::nearBound);
        near.size("bytes").ifPresent(size -> {
            if (size.bytes() > 0) {
                builder.nearBound(NearBound.bytes(size));
            } else {
                near.problem("bytes", "must be at least 1; `ttl: 0s` keeps nothing near");
            }
        });
        near.duration("ttl", Duration.ZERO, Spans.MAX).ifPresent(builder::nearTtl);
        near.duration("negative-ttl", Duration.ZERO, Spans.MAX).ifPresent(builder::negativeTtl);
    }

    private static Optional<LoadLimits> readLoading(YamlSection loading) {
        loading.require("ttl");
        LoadLimits.Builder builder =
                LoadLimits.builder(loading.duration("ttl", Spans.MIN, Spans.MAX).orElse(Spans.MAX));
        loading.decimal("ttl-jitter", BigDecimal.ZERO, BigDecimal.valueOf(LoadLimits.TTL_JITTER_MAX))
                .ifPresent(share -> builder.ttlJitter(share.doubleValue()));
        Duration soft = loading.duration("soft-timeout", Duration.ZERO, Spans.MAX)
                .orElse(LoadLimits.Builder.SOFT_TIMEOUT_DEFAULT);
        Duration hard =
                loading.duration("hard-timeout", Spans.MIN, Spans.MAX).orElse(LoadLimits.Builder.HARD_TIMEOUT_DEFAULT);
        builder.softTimeout(soft).hardTimeout(hard);
        loading.duration("stale-if-error", Duration.ZERO, Spans.MAX).ifPresent(builder::staleIfError);
        loading.duration("negative-ttl", Duration.ZERO, Spans.MAX).ifPresent(builder::negativeTtl);
        loading.decimal("early-refresh", BigDecimal.ZERO, BigDecimal.valueOf(LoadLimits.EARLY_REFRESH_MAX))
                .ifPresent(beta -> builder.earlyRefresh(beta.doubleValue()));
        loading.decimal("refresh-ahead", BigDecimal.ZERO, BigDecimal.valueOf(LoadLimits.REFRESH_AHEAD_MAX))
                .ifPresent(share -> builder.refreshAhead(share.doubleValue()));
        loading.flag("once-per-fleet").ifPresent(builder::oncePerFleet);
        loading.integer("concurrent-max", 1, LoadLimits.CONCURRENT_MAX)
                .ifPresent(max -> builder.concurrentMax(max.intValue()));
        loading.integer("waiting-max", 1, LoadLimits.WAITING_MAX).ifPresent(max -> builder.waitingMax(max.intValue()));
        loading.decimal("breaker-failures", BigDecimal.ZERO, BigDecimal.ONE)
                .ifPresent(share -> builder.breakerFailures(share.doubleValue()));
        loading.duration("breaker-pause", Spans.MIN, Spans.MAX).ifPresent(builder::breakerPause);
        if (soft.compareTo(hard) > 0) {
            loading.problem(
                    "soft-timeout",
                    "must not exceed `hard-timeout`, were " + Durations.format(soft) + " and "
                            + Durations.format(hard));
            return Optional.empty();
        }
        return Optional.of(builder.build());
    }

    private static Optional<InvalidationRules> readInvalidation(YamlSection rules) {
        Optional<KeyTemplate> key = rules.text("key").flatMap(text -> template(rules, "key", text));
        List<KeyTemplate> tags = rules.texts("tags").stream()
                .flatMap(text -> template(rules, "tags", text).stream())
                .toList();
        boolean byGeneration = rules.flag("by-generation").orElse(false);
        List<Cascade> cascades = new ArrayList<>();
        for (YamlSection cascade : rules.sections("cascades")) {
            List<Cascade> given = new ArrayList<>();
            cascade.text("key")
                    .flatMap(text -> template(cascade, "key", text))
                    .map(Cascade.ToKey::new)
                    .ifPresent(given::add);
            cascade.text("tag")
                    .flatMap(text -> template(cascade, "tag", text))
                    .map(Cascade.ToTag::new)
                    .ifPresent(given::add);
            cascade.text("class").map(Cascade.ToClass::new).ifPresent(given::add);
            if (cascade.keys().size() != 1) {
                cascade.problem("must have one of `key`, `tag` and `class`");
            }
            cascades.addAll(given);
        }
        try {
            return Optional.of(new InvalidationRules(key, tags, byGeneration, cascades));
        } catch (InvalidInput e) {
            e.problems().forEach(rules::problem);
            return Optional.empty();
        }
    }

    private static Optional<KeyTemplate> template(YamlSection section, String key, String text) {
        try {
            return Optional.of(KeyTemplate.parse(text));
        } catch (IllegalArgumentException e) {
            section.problem(key, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    static String write(CachePolicy policy) {
        StringBuilder yaml = new StringBuilder("version: " + VERSION + "\nclasses:\n");
        for (CacheClass each : policy.classes()) {
            yaml.append("  ").append(quoted(each.name())).append(":\n");
            line(yaml, 4, "prefix", quoted(each.prefix()));
            line(
                    yaml,
                    4,
                    "freshness",
                    switch (each.freshness()) {
                        case Freshness.Strict() -> "strict";
                        case Freshness.Bounded(Duration bound) -> Durations.format(bound);
                        case Freshness.BestEffort() -> "best-effort";
                    });
            line(yaml, 4, "when-unproved", each.whenUnproved().name().toLowerCase(Locale.ROOT));
            line(yaml, 4, "writers", each.writers().name().toLowerCase(Locale.ROOT));
            line(yaml, 4, "durability", each.durability().toString());
            line(yaml, 4, "remote-max", Integer.toString(each.remoteMax()));
            each.fieldsMax().ifPresent(max -> line(yaml, 4, "fields-max", Integer.toString(max)));
            yaml.append("    near:\n");
            switch (each.nearBound()) {
                case NearBound.Entries(long max) -> line(yaml, 6, "entries", Long.toString(max));
                case NearBound.Bytes(var max) -> line(yaml, 6, "bytes", max.toConfig());
            }
            line(yaml, 6, "ttl", Durations.format(each.nearTtl()));
            line(yaml, 6, "negative-ttl", Durations.format(each.negativeTtl()));
            each.loading().ifPresent(limits -> writeLoading(yaml, limits));
            if (!each.invalidation().equals(InvalidationRules.NONE)) {
                writeInvalidation(yaml, each.invalidation());
            }
        }
        return yaml.toString();
    }

    private static void writeLoading(StringBuilder yaml, LoadLimits limits) {
        yaml.append("    loading:\n");
        line(yaml, 6, "ttl", Durations.format(limits.ttl()));
        line(yaml, 6, "ttl-jitter", BigDecimal.valueOf(limits.ttlJitter()).toPlainString());
        line(yaml, 6, "soft-timeout", Durations.format(limits.softTimeout()));
        line(yaml, 6, "hard-timeout", Durations.format(limits.hardTimeout()));
        line(yaml, 6, "stale-if-error", Durations.format(limits.staleIfError()));
        line(yaml, 6, "negative-ttl", Durations.format(limits.negativeTtl()));
        line(yaml, 6, "early-refresh", BigDecimal.valueOf(limits.earlyRefresh()).toPlainString());
        line(yaml, 6, "refresh-ahead", BigDecimal.valueOf(limits.refreshAhead()).toPlainString());
        line(yaml, 6, "once-per-fleet", Boolean.toString(limits.oncePerFleet()));
        line(yaml, 6, "concurrent-max", Integer.toString(limits.concurrentMax()));
        line(yaml, 6, "waiting-max", Integer.toString(limits.waitingMax()));
        line(
                yaml,
                6,
                "breaker-failures",
                BigDecimal.valueOf(limits.breakerFailures()).toPlainString());
        line(yaml, 6, "breaker-pause", Durations.format(limits.breakerPause()));
    }

    private static void writeInvalidation(StringBuilder yaml, InvalidationRules rules) {
        yaml.append("    invalidation:\n");
        rules.key().ifPresent(key -> line(yaml, 6, "key", quoted(key.toString())));
        if (!rules.tags().isEmpty()) {
            yaml.append("      tags:\n");
            rules.tags()
                    .forEach(tag -> yaml.append("        - ")
                            .append(quoted(tag.toString()))
                            .append('\n'));
        }
        line(yaml, 6, "by-generation", Boolean.toString(rules.byGeneration()));
        if (!rules.cascades().isEmpty()) {
            yaml.append("      cascades:\n");
            for (Cascade cascade : rules.cascades()) {
                yaml.append("        - ")
                        .append(
                                switch (cascade) {
                                    case Cascade.ToKey(KeyTemplate key) -> "key: " + quoted(key.toString());
                                    case Cascade.ToTag(KeyTemplate tag) -> "tag: " + quoted(tag.toString());
                                    case Cascade.ToClass(String name) -> "class: " + quoted(name);
                                })
                        .append('\n');
            }
        }
    }

    private static void line(StringBuilder yaml, int indent, String key, String value) {
        yaml.repeat(' ', indent).append(key).append(": ").append(value).append('\n');
    }

    /// Double quotes with the escapes that YAML shares with JSON.
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (c < ' ' || c > '~') {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }
}
