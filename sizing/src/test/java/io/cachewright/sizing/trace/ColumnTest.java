package io.cachewright.sizing.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class ColumnTest {

    @Property(tries = 500)
    void givesBackWhatWasAddedHoweverWideItIs(@ForAll("numbers") List<Long> numbers) {
        Column column = new Column();
        numbers.forEach(column::add);

        List<Long> read = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i++) {
            read.add(column.get(i));
        }

        assertThat(read).isEqualTo(numbers);
        assertThat(column.isAlways(7)).isEqualTo(numbers.stream().allMatch(number -> number == 7));
    }

    /// Runs of one number, of 4-byte ones and of wide ones, in every order.
    @Provide
    static Arbitrary<List<Long>> numbers() {
        Arbitrary<Long> same = Arbitraries.just(7L);
        Arbitrary<Long> narrow = Arbitraries.longs().between(Integer.MIN_VALUE, Integer.MAX_VALUE);
        return Arbitraries.of(List.of(same, narrow, Arbitraries.longs()))
                .flatMap(kind -> kind.list().ofMaxSize(40))
                .list()
                .ofMaxSize(4)
                .map(runs -> runs.stream().flatMap(List::stream).toList());
    }
}
