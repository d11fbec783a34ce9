package io.cachewright.sizing.policy;

/// The policies for comparison.
public enum ReferencePolicy {
    LRU("exact LRU"),
    SIEVE("SIEVE"),
    S3_FIFO("S3-FIFO"),
    W_TINY_LFU("W-TinyLFU");

    private final String label;

    ReferencePolicy(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /// An empty cache for keys 0 to `keyCount - 1`.
    ///
    /// @param expectedEntries about how many entries fit; W-TinyLFU sizes its frequency sketch by it
    public SimulatedCache newCache(int keyCount, long capacityBytes, int expectedEntries) {
        if (capacityBytes <= 0) {
            throw new IllegalArgumentException("a cache has a capacity, was " + capacityBytes);
        }
        return switch (this) {
            case LRU -> new LruCache(keyCount, capacityBytes);
            case SIEVE -> new SieveCache(keyCount, capacityBytes);
            case S3_FIFO -> new S3FifoCache(keyCount, capacityBytes);
            case W_TINY_LFU -> wTinyLfu(keyCount, capacityBytes, expectedEntries);
        };
    }

    private static SimulatedCache wTinyLfu(int keyCount, long capacityBytes, int expectedEntries) {
        FrequencySketch sketch = new FrequencySketch(expectedEntries);
        WindowClimber climber = new WindowClimber(capacityBytes, expectedEntries, sketch.period());
        return new WTinyLfuCache(keyCount, capacityBytes, sketch, climber);
    }
}
