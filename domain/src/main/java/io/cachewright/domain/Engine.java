package io.cachewright.domain;

/// The server software; parameters, limits and commands differ between the two.
public enum Engine {
    REDIS("Redis"),
    VALKEY("Valkey");

    private final String label;

    Engine(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
