package io.cachewright.domain.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The shape of keys or tags: text with variables such as `{I}` in it (a capital letter, then capitals, digits and
/// underscores), each standing for one or more characters that are no colon; any other braces are text. `{{I}}` is a
/// variable within a hash tag: `md:{{I}}:quote` is the shape of
/// `md:{VOD.L}:quote`.
///
/// A key matches in one way at most: a variable takes as little as it can.
public final class KeyTemplate {

    private static final Pattern VARIABLE = Pattern.compile("\\{(\\{?)([A-Z][A-Z0-9_]*)\\}(\\}?)");

    private static final Pattern IN_BRACES = Pattern.compile("\\{([A-Za-z][A-Za-z0-9_]*)\\}");

    /// What stands in the place of a variable when shapes are compared.
    private static final String HOLE = "{}";

    private final String text;
    private final List<String> names = new ArrayList<>();
    private final List<String> literals = new ArrayList<>();
    private final Pattern pattern;

    private KeyTemplate(String text) {
        this.text = text;
        Matcher variable = VARIABLE.matcher(text);
        StringBuilder regex = new StringBuilder();
        int at = 0;
        StringBuilder literal = new StringBuilder();
        while (variable.find()) {
            literal.append(text, at, variable.start()).append(variable.group(1));
            if (literal.toString().isEmpty() && !names.isEmpty()) {
                throw new IllegalArgumentException("'" + text + "' has two variables with nothing between them");
            }
            literals.add(literal.toString());
            regex.append(Pattern.quote(literal.toString()));
            String name = variable.group(2);
            regex.append(names.contains(name) ? "\\k<" + group(name) + ">" : "(?<" + group(name) + ">[^:]+?)");
            names.add(name);
            literal.setLength(0);
            literal.append(variable.group(3));
            at = variable.end();
        }
        literal.append(text, at, text.length());
        literals.add(literal.toString());
        this.pattern =
                Pattern.compile(regex.append(Pattern.quote(literal.toString())).toString());
    }

    /// @throws IllegalArgumentException when `text` is empty or two variables touch
    public static KeyTemplate parse(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a template must not be empty");
        }
        return new KeyTemplate(text);
    }

    private static String group(String name) {
        // Names of groups have no underscore; a lower-case letter takes its place, which no variable has.
        return name.replace('_', 'u');
    }

    /// The names of its variables, in order.
    public Set<String> variables() {
        return new LinkedHashSet<>(names);
    }

    /// What stands in braces and is a word, but no variable.
    Set<String> wordsInBraces() {
        Set<String> words = new LinkedHashSet<>();
        IN_BRACES.matcher(text).results().map(found -> found.group(1)).forEach(words::add);
        words.removeAll(names);
        return words;
    }

    /// The variables of `key`; empty when it does not have this shape.
    public Optional<Map<String, String>> match(String key) {
        Matcher matcher = pattern.matcher(key);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        names.forEach(name -> values.put(name, matcher.group(group(name))));
        return Optional.of(values);
    }

    /// The text with `values` in the place of the variables.
    public String fill(Map<String, String> values) {
        StringBuilder filled = new StringBuilder(literals.getFirst());
        for (int i = 0; i < names.size(); i++) {
            String value = values.get(names.get(i));
            if (value == null) {
                throw new IllegalArgumentException("no value for {" + names.get(i) + "} of " + text);
            }
            filled.append(value).append(literals.get(i + 1));
        }
        return filled.toString();
    }

    /// The same for all templates that differ by the names of their variables only.
    public String shape() {
        return String.join(HOLE, literals);
    }

    /// What every key of this shape begins with.
    public String literalPrefix() {
        return literals.getFirst();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyTemplate template && template.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /// As [#parse] reads it.
    @Override
    public String toString() {
        return text;
    }
}
