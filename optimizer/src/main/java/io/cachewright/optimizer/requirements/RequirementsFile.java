package io.cachewright.optimizer.requirements;

import io.cachewright.domain.Durations;
import io.cachewright.domain.Problems;
import io.cachewright.domain.yaml.StrictYaml;
import io.cachewright.domain.yaml.YamlSection;
import io.cachewright.optimizer.requirements.Requirements.Money;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import io.cachewright.optimizer.requirements.Requirements.Regime;
import io.cachewright.optimizer.requirements.Requirements.StoreRole;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads and writes requirements as YAML, and reads single settings of the command line by the same rules.
public final class RequirementsFile {

    /// Beyond any server: a larger figure is a slip of the finger.
    private static final long OPS_PER_SECOND_MAX = 1_000_000_000L;

    private static final Duration LATENCY_BUDGET_MIN = Duration.ofNanos(1_000);
    private static final Duration LATENCY_BUDGET_MAX = Duration.ofMinutes(1);

    private static final Pattern MONEY = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,4})?)\\s*([A-Za-z]{3})");

    private RequirementsFile() {}

    /// Reads a whole file. Throws `InvalidInput` that tells every problem with its line.
    ///
    /// @param sourceName names the file in problems
    public static Requirements read(String text, String sourceName) {
        Problems problems = new Problems(sourceName);
        Requirements requirements =
                StrictYaml.read(text, problems, root -> requirements(root)).orElseGet(Requirements::unknown);
        problems.throwIfAny();
        return requirements;
    }

    /// Reads settings such as `rpo=0s` or `priorities=durability,latency`; a later one of the same key wins.
    /// Throws `InvalidInput` that tells every problem of all of them.
    ///
    /// @param sourceName names them in problems, for example `--set`
    public static Requirements readSettings(Collection<String> settings, String sourceName) {
        Problems problems = new Problems(sourceName);
        Requirements requirements = Requirements.unknown();
        for (String setting : settings) {
            Problems ofThis = new Problems(sourceName);
            requirements = requirements.overriddenBy(setting(setting, ofThis));
            ofThis.found().forEach(problem -> problems.add(setting + ": " + problem.replaceFirst("^line \\d+: ", "")));
        }
        problems.throwIfAny();
        return requirements;
    }

    /// As a file that [#read] takes back; unknown fields are left out, and nothing known is an empty mapping.
    public static String write(Requirements requirements) {
        List<String> lines = new ArrayList<>();
        for (RequirementKey key : RequirementKey.values()) {
            valueOf(key, requirements).ifPresent(value -> lines.add(key.key() + ": " + value + "\n"));
        }
        return lines.isEmpty() ? "{}\n" : String.join("", lines);
    }

    /// One field as the file writes it; empty when it is unknown.
    public static Optional<String> valueOf(RequirementKey key, Requirements requirements) {
        return switch (key) {
            case PEAK_OPS_PER_SECOND ->
                requirements.peakOpsPerSecond().isPresent()
                        ? Optional.of(
                                Long.toString(requirements.peakOpsPerSecond().getAsLong()))
                        : Optional.empty();
            case LATENCY_BUDGET -> requirements.latencyBudget().map(Durations::format);
            case DATA_SIZE -> requirements.dataSize().map(size -> size.toConfig());
            case STALENESS_MAX -> requirements.stalenessMax().map(Durations::format);
            case STORE_ROLE -> requirements.storeRole().map(RequirementsFile::word);
            case REGIMES -> requirements.regimes().map(regimes -> words(new TreeSet<>(regimes)));
            case RPO -> requirements.rpo().map(Durations::format);
            case RTO -> requirements.rto().map(Durations::format);
            case REGIONS ->
                requirements
                        .regions()
                        .map(regions -> regions.stream()
                                .map(RequirementsFile::quoted)
                                .collect(Collectors.joining(", ", "[", "]")));
            case MONTHLY_BUDGET ->
                requirements.monthlyBudget().map(money -> money.amount().toPlainString() + " " + money.currency());
            case PRIORITIES ->
                requirements.priorities().isEmpty() ? Optional.empty() : Optional.of(words(requirements.priorities()));
        };
    }

    private static Requirements setting(String setting, Problems problems) {
        int equals = setting.indexOf('=');
        if (equals <= 0) {
            problems.add("a setting is `key=value`, for example `rpo=0s`");
            return Requirements.unknown();
        }
        if (setting.chars().anyMatch(Character::isISOControl)) {
            problems.add("a setting is one line");
            return Requirements.unknown();
        }
        String key = setting.substring(0, equals).strip();
        String value = setting.substring(equals + 1).strip();
        boolean bare = RequirementKey.of(key).filter(RequirementKey::isList).isPresent() && !value.startsWith("[");
        String yaml = quoted(key) + ": " + (bare ? "[" + value + "]" : value);
        return StrictYaml.read(yaml, problems, root -> requirements(root)).orElseGet(Requirements::unknown);
    }

    private static Requirements requirements(YamlSection root) {
        Optional<Long> peak = root.integer(RequirementKey.PEAK_OPS_PER_SECOND.key(), 1, OPS_PER_SECOND_MAX);
        return new Requirements(
                peak.isPresent() ? OptionalLong.of(peak.get()) : OptionalLong.empty(),
                root.duration(RequirementKey.LATENCY_BUDGET.key(), LATENCY_BUDGET_MIN, LATENCY_BUDGET_MAX),
                root.size(RequirementKey.DATA_SIZE.key()),
                root.duration(RequirementKey.STALENESS_MAX.key()),
                root.choice(RequirementKey.STORE_ROLE.key(), StoreRole.class),
                regimes(root),
                root.duration(RequirementKey.RPO.key()),
                root.duration(RequirementKey.RTO.key()),
                regions(root),
                money(root),
                choices(root, RequirementKey.PRIORITIES.key(), Objective.class));
    }

    private static Optional<Set<Regime>> regimes(YamlSection root) {
        String key = RequirementKey.REGIMES.key();
        List<Regime> given = choices(root, key, Regime.class);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        if (given.contains(Regime.NONE) && given.size() > 1) {
            root.problem(key, "says none and names others");
        }
        return Optional.of(Set.copyOf(given));
    }

    private static Optional<List<String>> regions(YamlSection root) {
        String key = RequirementKey.REGIONS.key();
        List<String> given = root.texts(key);
        if (given.stream().anyMatch(String::isBlank)) {
            root.problem(key, "names a region by nothing");
        }
        return given.isEmpty() ? Optional.empty() : Optional.of(given);
    }

    private static Optional<Money> money(YamlSection root) {
        String key = RequirementKey.MONTHLY_BUDGET.key();
        return root.text(key).flatMap(text -> {
            Matcher matcher = MONEY.matcher(text.strip());
            if (matcher.matches() && isCurrency(matcher.group(2))) {
                return Optional.of(new Money(
                        new BigDecimal(matcher.group(1)), matcher.group(2).toUpperCase(Locale.ROOT)));
            }
            root.problem(key, "must be an amount and its ISO 4217 currency, such as 5000 USD, was `" + text + "`");
            return Optional.empty();
        });
    }

    private static boolean isCurrency(String code) {
        return Currency.getAvailableCurrencies().stream()
                .anyMatch(currency -> currency.getCurrencyCode().equalsIgnoreCase(code));
    }

    private static <E extends Enum<E>> List<E> choices(YamlSection root, String key, Class<E> type) {
        List<E> constants = Arrays.asList(type.getEnumConstants());
        List<E> chosen = new ArrayList<>();
        Set<E> seen = new HashSet<>();
        for (String text : root.texts(key)) {
            Optional<E> constant = constants.stream()
                    .filter(candidate ->
                            word(candidate).equals(text.toLowerCase(Locale.ROOT).replace('_', '-')))
                    .findFirst();
            if (constant.isEmpty()) {
                root.problem(key, "must hold any of " + words(constants) + ", was `" + text + "`");
            } else if (!seen.add(constant.get())) {
                root.problem(key, "names `" + text + "` twice");
            } else {
                chosen.add(constant.get());
            }
        }
        return chosen;
    }

    private static String words(Collection<? extends Enum<?>> constants) {
        return constants.stream().map(RequirementsFile::word).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
