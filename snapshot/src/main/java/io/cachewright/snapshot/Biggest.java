package io.cachewright.snapshot;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// The biggest few of many; of equal size the first stay.
final class Biggest<T> {

    private record Sized<T>(long size, long order, T what) implements Comparable<Sized<T>> {

        /// The one to go first comes first.
        @Override
        public int compareTo(Sized<T> other) {
            int bySize = Long.compare(size, other.size);
            return bySize != 0 ? bySize : Long.compare(other.order, order);
        }
    }

    private final int most;
    private final PriorityQueue<Sized<T>> smallestFirst = new PriorityQueue<>();
    private long offered;

    Biggest(int most) {
        this.most = most;
    }

    /// Whether something of this size would be among them; asked often, so that little is made in vain.
    boolean takes(long size) {
        return smallestFirst.size() < most
                || (most > 0 && size > smallestFirst.element().size());
    }

    void offer(long size, Supplier<T> what) {
        if (takes(size)) {
            if (smallestFirst.size() == most) {
                smallestFirst.remove();
            }
            smallestFirst.add(new Sized<>(size, offered++, what.get()));
        }
    }

    /// Adds those of another one, each changed by `change`; they came later than these.
    void add(Biggest<T> later, UnaryOperator<T> change) {
        later.smallestFirst.stream()
                .sorted((one, other) -> Long.compare(one.order, other.order))
                .forEach(sized -> offer(sized.size(), () -> change.apply(sized.what())));
    }

    List<T> biggestFirst() {
        List<Sized<T>> all = new ArrayList<>(smallestFirst);
        all.sort(Collections.reverseOrder());
        return all.stream().map(Sized::what).toList();
    }
}
