package io.cachewright.lab.market;

import java.util.Arrays;

/// One side of a book: levels sorted best first in two parallel arrays. Insertion shifts the worse levels, which for
/// the few thousand levels of a real book costs less than following the nodes of a tree.
final class PriceLevels {

    private final boolean highestFirst;
    private long[] prices = new long[256];
    private long[] quantities = new long[256];
    private int size;

    PriceLevels(boolean highestFirst) {
        this.highestFirst = highestFirst;
    }

    /// Sets the level's quantity; zero removes the level.
    void set(long price, long quantity) {
        int index = indexOf(price);
        boolean present = index < size && prices[index] == price;
        if (quantity == 0) {
            if (present) {
                remove(index);
            }
        } else if (present) {
            quantities[index] = quantity;
        } else {
            insert(index, price, quantity);
        }
    }

    void clear() {
        size = 0;
    }

    /// Drops all but the best `depth` levels.
    void trim(int depth) {
        size = Math.min(size, depth);
    }

    int size() {
        return size;
    }

    long price(int index) {
        return prices[index];
    }

    long quantity(int index) {
        return quantities[index];
    }

    /// The quantity at `price`, zero when there is no such level.
    long quantityAt(long price) {
        int index = indexOf(price);
        return index < size && prices[index] == price ? quantities[index] : 0;
    }

    Levels top(int count) {
        return Levels.copyOf(prices, quantities, Math.min(count, size));
    }

    private int indexOf(long price) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            boolean better = highestFirst ? prices[middle] > price : prices[middle] < price;
            if (better) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void insert(int index, long price, long quantity) {
        if (size == prices.length) {
            prices = Arrays.copyOf(prices, size * 2);
            quantities = Arrays.copyOf(quantities, size * 2);
        }
        System.arraycopy(prices, index, prices, index + 1, size - index);
        System.arraycopy(quantities, index, quantities, index + 1, size - index);
        prices[index] = price;
        quantities[index] = quantity;
        size++;
    }

    private void remove(int index) {
        System.arraycopy(prices, index + 1, prices, index, size - index - 1);
        System.arraycopy(quantities, index + 1, quantities, index, size - index - 1);
        size--;
    }
}
