package io.cachewright.snapshot.rdb;

/// The data types, by the names that TYPE prints.
public enum ValueType {
    STRING("string"),
    LIST("list"),
    SET("set"),
    SORTED_SET("zset"),
    HASH("hash"),
    STREAM("stream"),
    MODULE("module");

    private final String label;

    ValueType(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
