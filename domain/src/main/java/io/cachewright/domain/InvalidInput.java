package io.cachewright.domain;

import java.util.List;

/// Input that the user can mend: says where and lists every problem found in it.
public final class InvalidInput extends RuntimeException {

    private final String source;
    private final transient List<String> problems;

    public InvalidInput(String source, List<String> problems) {
        super(source + ": " + String.join("; ", problems));
        this.source = source;
        this.problems = List.copyOf(problems);
    }

    /// What names the input for people: a file name, a flag.
    public String source() {
        return source;
    }

    /// Each problem as one clause, in the order of the input.
    public List<String> problems() {
        return problems;
    }
}
