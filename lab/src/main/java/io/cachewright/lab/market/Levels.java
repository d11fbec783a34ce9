package io.cachewright.lab.market;

import java.util.Arrays;

/// Price levels of one side, in the order they were sent, as scaled integers. A quantity of zero deletes its level.
public final class Levels {

    public static final Levels NONE = new Levels(new long[0], new long[0]);

    private final long[] prices;
    private final long[] quantities;

    private Levels(long[] prices, long[] quantities) {
        this.prices = prices;
        this.quantities = quantities;
    }

    /// Levels from `price, quantity, price, quantity …`.
    public static Levels of(long... pricesAndQuantities) {
        var levels = new Builder();
        for (int i = 0; i < pricesAndQuantities.length; i += 2) {
            levels.add(pricesAndQuantities[i], pricesAndQuantities[i + 1]);
        }
        return levels.build();
    }

    /// The first `count` of two arrays, copied.
    static Levels copyOf(long[] prices, long[] quantities, int count) {
        return count == 0 ? NONE : new Levels(Arrays.copyOf(prices, count), Arrays.copyOf(quantities, count));
    }

    public int size() {
        return prices.length;
    }

    public long price(int index) {
        return prices[index];
    }

    public long quantity(int index) {
        return quantities[index];
    }

    /// How many of these levels are deletions.
    public int deletions() {
        return Math.toIntExact(
                Arrays.stream(quantities).filter(quantity -> quantity == 0).count());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Levels that
                && Arrays.equals(prices, that.prices)
                && Arrays.equals(quantities, that.quantities);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(prices) + Arrays.hashCode(quantities);
    }

    @Override
    public String toString() {
        return "prices " + Arrays.toString(prices) + ", quantities " + Arrays.toString(quantities);
    }

    /// Collects levels one by one.
    static final class Builder {

        private long[] prices = new long[16];
        private long[] quantities = new long[16];
        private int size;

        void add(long price, long quantity) {
            if (size == prices.length) {
                prices = Arrays.copyOf(prices, size * 2);
                quantities = Arrays.copyOf(quantities, size * 2);
            }
            prices[size] = price;
            quantities[size++] = quantity;
        }

        Levels build() {
            return copyOf(prices, quantities, size);
        }
    }
}
