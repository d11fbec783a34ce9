package io.cachewright.optimizer.collect;

/// Hears what a collection is doing, for people who wait.
@FunctionalInterface
public interface Progress {

    /// A step begins, such as `reading INFO over 5 s`; `node` is the server's address.
    void step(String node, String what);

    /// How far the look at the keys has come.
    default void keysInspected(String node, int done, int planned) {}

    static Progress silent() {
        return (_, _) -> {};
    }
}
