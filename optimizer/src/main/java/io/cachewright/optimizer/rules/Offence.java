package io.cachewright.optimizer.rules;

import io.cachewright.domain.UseCase;
import io.cachewright.optimizer.diagnose.EvidenceMissing;
import io.cachewright.optimizer.diagnose.FindingBuilder;
import io.cachewright.optimizer.diagnose.Situation;
import io.cachewright.optimizer.evidence.SampledKey;
import io.cachewright.optimizer.evidence.ValueFacts;
import io.cachewright.optimizer.profile.KeyFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// A key family some of whose sampled values do what a rule forbids.
///
/// @param keys the offending keys, in the order of the family
/// @param looked how many keys of the family could be judged
public record Offence(KeyFamily family, List<SampledKey> keys, int looked) {

    /// More families than these make a finding unreadable; the largest come first.
    private static final int SHOWN_MAX = 5;

    public Offence {
        keys = List.copyOf(keys);
    }

    /// A judgement of one key with the facts of its value.
    public interface ByValue {
        boolean offends(SampledKey key, ValueFacts value);
    }

    /// Families, largest first, in which a share of the looked-at values of at least `shareMin` offends.
    ///
    /// @throws EvidenceMissing when there are such families and no value of theirs was looked at
    public static List<Offence> in(
            Situation situation, Predicate<KeyFamily> about, double shareMin, ByValue judgement) {
        List<Offence> offences = new ArrayList<>();
        int concerned = 0;
        int judged = 0;
        String missing = "";
        for (KeyFamily family : situation.families()) {
            if (!about.test(family)) {
                continue;
            }
            List<SampledKey> offending = new ArrayList<>();
            int looked = 0;
            for (SampledKey key : family.sampled()) {
                concerned++;
                ValueFacts value = key.value().toOptional().orElse(null);
                if (value == null) {
                    missing = key.value().missing().orElse("");
                    continue;
                }
                looked++;
                if (judgement.offends(key, value)) {
                    offending.add(key);
                }
            }
            judged += looked;
            if (!offending.isEmpty() && offending.size() >= shareMin * looked) {
                offences.add(new Offence(family, offending, looked));
            }
        }
        if (concerned > 0 && judged == 0) {
            throw new EvidenceMissing(missing);
        }
        return offences;
    }

    /// Families of these use cases.
    public static Predicate<KeyFamily> holding(UseCase... useCases) {
        Set<UseCase> wanted = Set.of(useCases);
        return family -> wanted.contains(family.useCase());
    }

    /// Families most of whose keys have this type.
    public static Predicate<KeyFamily> ofType(String type) {
        return family -> family.mainType().equals(type);
    }

    /// Whether any family is concerned at all.
    public static boolean concerns(Situation situation, Predicate<KeyFamily> about) {
        return situation.families().stream().anyMatch(about);
    }

    /// `md:{I}:l2 (order book depth, 412 keys): 40 of 40 sampled`.
    public String text() {
        return name(family) + ": " + keys.size() + " of " + looked + " sampled";
    }

    /// `md:{I}:l2 (order book depth, 412 keys)`.
    public static String name(KeyFamily family) {
        String margin = family.keysMargin() == 0 ? "" : " ± " + Figures.count(family.keysMargin());
        return family.pattern() + " (" + family.useCase().label() + ", " + Figures.count(family.estimatedKeys())
                + margin + (family.estimatedKeys() == 1 ? " key)" : " keys)");
    }

    /// The largest number of elements of an offending key.
    public long elementsMax() {
        return keys.stream().mapToLong(key -> key.elements().orElse(0L)).max().orElse(0);
    }

    /// The most bytes of an offending key; 0 when MEMORY USAGE was unavailable.
    public long bytesMax() {
        return keys.stream().mapToLong(key -> key.bytes().orElse(0L)).max().orElse(0);
    }

    /// Shows the largest offences in a finding, and names their families.
    ///
    /// @param detail what each offends with, numbers included
    public static void show(
            List<Offence> offences, java.util.function.Function<Offence, String> detail, FindingBuilder finding) {
        for (Offence offence : shown(offences)) {
            finding.seen(offence.text() + ", " + detail.apply(offence), "sampled values")
                    .family(offence.family.pattern());
        }
        if (offences.size() > SHOWN_MAX) {
            finding.seen((offences.size() - SHOWN_MAX) + " more families of the same kind", "sampled values");
        }
    }

    /// The largest offences, few enough to read and to change.
    public static List<Offence> shown(List<Offence> offences) {
        return offences.subList(0, Math.min(SHOWN_MAX, offences.size()));
    }
}
