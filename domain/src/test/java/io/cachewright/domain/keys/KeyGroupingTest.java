package io.cachewright.domain.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class KeyGroupingTest {

    private static final double SHARE = 0.3;

    /// Every sampled key is in the family that the whole puts it in; families may be absent, none may be new.
    @Property(tries = 60)
    void aSampleOfThirtyPercentGivesTheFamiliesOfTheWhole(@ForAll @LongRange(min = 1, max = 1_000_000) long seed) {
        List<String> names = keyspace(seed);
        Random random = new Random(seed);
        List<String> sample =
                names.stream().filter(_ -> random.nextDouble() < SHARE).toList();
        Map<String, String> whole =
                patternOf(KeyGrouping.<String>by(name -> name).group(names));
        Map<String, String> sampled =
                patternOf(KeyGrouping.<String>by(name -> name).sampled(SHARE).group(sample));
        assertThat(whole).containsAllEntriesOf(sampled);
    }

    @Test
    void aPlaceOfManyWordsIsToldFromASampleThatShowsFewOfThem() {
        List<String> names = words(40).stream().map(word -> "app:" + word).toList();
        List<String> twelve = names.subList(0, 12);
        assertThat(patterns(KeyGrouping.<String>by(name -> name).sampled(SHARE).group(twelve)))
                .containsExactly("app:<id>");
        assertThat(patterns(KeyGrouping.<String>by(name -> name).group(twelve))).hasSize(12);
    }

    @Test
    void aMemberMayStandForManyKeys() {
        List<String> words = words(12).stream().map(word -> "app:" + word).toList();
        assertThat(patterns(KeyGrouping.<String>by(name -> name)
                        .counting(_ -> 500)
                        .sampled(SHARE)
                        .group(words)))
                .hasSize(12);
    }

    @Test
    void idsOfWhichSomeReadAsDatesAreOneFamilyAndDatesAnother() {
        List<String> names = new ArrayList<>();
        IntStream.range(20_100_000, 20_110_000).forEach(id -> names.add("" + id));
        IntStream.range(20_100_000, 20_110_000).forEach(id -> names.add("user:" + id));
        IntStream.range(20_260_401, 20_260_430).forEach(day -> names.add("close:" + day));
        assertThat(patterns(KeyGrouping.<String>by(name -> name).group(names)))
                .containsExactly("<n>", "close:<date>", "user:<n>");
    }

    @Test
    void aSampleIsPartOfTheWhole() {
        assertThatThrownBy(() -> KeyGrouping.<String>by(name -> name).sampled(1.5))
                .hasMessageContaining("1.5");
    }

    private static List<String> patterns(List<KeyGroup<String>> groups) {
        return groups.stream().map(KeyGroup::pattern).toList();
    }

    private static Map<String, String> patternOf(Collection<KeyGroup<String>> groups) {
        Map<String, String> patternOf = new HashMap<>();
        groups.forEach(group -> group.members().forEach(name -> patternOf.put(name, group.pattern())));
        return patternOf;
    }

    /// Places take clearly few words or clearly many, with one key a word or with many.
    private static List<String> keyspace(long seed) {
        Random random = new Random(seed);
        List<String> many = words(200);
        List<String> few = words(5);
        List<String> names = new ArrayList<>();
        String[] instruments = {"BINANCE.BTCUSDT", "KRAKEN.ETHUSD", "XNAS.AAPL", "ESZ6", "EURUSD", "BTC-27NOV26-90000-P"
        };
        for (int i = 0; i < 400; i++) {
            String instrument = instruments[random.nextInt(instruments.length)];
            names.add("md:{" + instrument + "}:" + List.of("l1", "l2", "tr").get(random.nextInt(3)));
            names.add("bars:" + instrument + ":2026112" + random.nextInt(10));
            names.add("app:" + many.get(random.nextInt(many.size())) + ":" + few.get(i % few.size()));
            names.add("ord:{ACC" + random.nextInt(50) + "}:" + random.nextInt(1_000_000));
            names.add("desk:D" + random.nextInt(30) + ":" + few.get(random.nextInt(few.size())));
            names.add("sess:" + new UUID(random.nextLong(), random.nextLong()));
        }
        many.forEach(word -> names.add("profile:" + word));
        return names.stream().distinct().toList();
    }

    /// Different lower-case words, none of the trade.
    private static List<String> words(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "zq" + (char) ('a' + i / 26) + (char) ('a' + i % 26) + "y")
                .toList();
    }
}
