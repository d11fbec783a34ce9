package io.cachewright.domain.keys;

import io.cachewright.domain.Problems;
import io.cachewright.domain.UseCase;
import io.cachewright.domain.yaml.StrictYaml;
import io.cachewright.domain.yaml.YamlSection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Families that the user has named; they come before those that are inferred.
///
/// ```yaml
/// version: 1
/// families:
///   - family: "md:{I}:l2"          # the name in reports
///     keys: ["md:{*}:l2", "book:*"] # globs, as of SCAN MATCH
///     use-case: depth              # optional; inferred from the name where absent
/// ```
///
/// A key belongs to the first family of the file one of whose globs matches its whole name.
public final class FamilyPatterns {

    private static final long VERSION = 1;

    /// Every key is compared with every glob.
    private static final int GLOBS_MAX = 1_000;

    /// None named.
    public static final FamilyPatterns NONE = new FamilyPatterns(List.of());

    /// @param useCase empty where it is to be inferred
    public record Family(String name, List<String> globs, Optional<UseCase> useCase) {

        public Family {
            globs = List.copyOf(globs);
        }
    }

    private final List<Family> families;
    private final byte[][] globs;
    private final int[] familyOfGlob;

    private FamilyPatterns(List<Family> families) {
        this.families = List.copyOf(families);
        List<byte[]> bytes = new ArrayList<>();
        List<Integer> owners = new ArrayList<>();
        for (int i = 0; i < families.size(); i++) {
            for (String glob : families.get(i).globs()) {
                bytes.add(glob.getBytes(StandardCharsets.UTF_8));
                owners.add(i);
            }
        }
        this.globs = bytes.toArray(byte[][]::new);
        this.familyOfGlob = owners.stream().mapToInt(Integer::intValue).toArray();
    }

    /// Reads a pattern file.
    ///
    /// @param source names the file for people
    /// @throws io.cachewright.domain.InvalidInput with every problem of the file
    public static FamilyPatterns parse(String source, String yaml) {
        Problems problems = new Problems(source);
        Optional<List<Family>> families = StrictYaml.read(yaml, problems, FamilyPatterns::families);
        problems.throwIfAny();
        return new FamilyPatterns(families.orElseThrow());
    }

    private static List<Family> families(YamlSection root) {
        root.require("version", "families");
        root.integer("version", VERSION, VERSION);
        List<Family> families = new ArrayList<>();
        Set<String> names = new HashSet<>();
        int globs = 0;
        for (YamlSection section : root.sections("families")) {
            section.require("family", "keys");
            String name = section.text("family").orElse("");
            if (section.has("family") && name.isBlank()) {
                section.problem("family", "must not be blank");
            } else if (!name.isBlank() && !names.add(name)) {
                section.problem("family", "`" + name + "` is named twice; give it all its globs at once");
            }
            List<String> keys = section.texts("keys");
            keys.stream()
                    .filter(String::isEmpty)
                    .findFirst()
                    .ifPresent(_ -> section.problem("keys", "must not hold an empty glob, which matches no key"));
            globs += keys.size();
            families.add(new Family(name, keys, section.choice("use-case", UseCase.class)));
        }
        if (globs > GLOBS_MAX) {
            root.problem("families", "hold " + globs + " globs; more than " + GLOBS_MAX + " are too slow");
        }
        return families;
    }

    public List<Family> families() {
        return families;
    }

    public boolean isEmpty() {
        return globs.length == 0;
    }

    /// The index of the family that a key belongs to; −1 when to none.
    public int match(byte[] name, int from, int length) {
        for (int i = 0; i < globs.length; i++) {
            if (Glob.matches(globs[i], name, from, from + length)) {
                return familyOfGlob[i];
            }
        }
        return -1;
    }
}
