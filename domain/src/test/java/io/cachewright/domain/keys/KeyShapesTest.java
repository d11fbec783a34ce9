package io.cachewright.domain.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class KeyShapesTest {

    /// Whatever the names are, the way over shapes ends in the families of the names themselves.
    @Property(tries = 150)
    void familiesByShapesAreThoseOfTheNames(@ForAll("names") List<String> names) {
        Map<String, String> direct = new HashMap<>();
        KeyGrouping.<String>by(name -> name)
                .group(names)
                .forEach(group -> group.members().forEach(name -> direct.put(name, group.pattern())));
        assertThat(byShapes(names)).isEqualTo(direct);
    }

    @Property(tries = 50)
    void whatIsTakenInHasTheShapesThatTheNamesHaveHere(
            @ForAll("names") List<String> names, @ForAll("names") List<String> otherNames) {
        KeyShapes shapes = new KeyShapes();
        names.forEach(name -> of(shapes, name));
        KeyShapes other = new KeyShapes();
        int[] there = otherNames.stream().mapToInt(name -> of(other, name)).toArray();

        int[] here = shapes.add(other);

        assertThat(here).hasSize(other.size());
        int size = shapes.size();
        for (int i = 0; i < there.length; i++) {
            assertThat(of(shapes, otherNames.get(i))).as(otherNames.get(i)).isEqualTo(here[there[i]]);
        }
        assertThat(shapes.size()).isEqualTo(size);
    }

    @Test
    void takingInMoreShapesThanThereMayBeStaysBounded() {
        KeyShapes shapes = new KeyShapes();
        for (int part = 0; part < 3; part++) {
            KeyShapes other = new KeyShapes();
            for (int i = 0; i < 12_000; i++) {
                of(other, word(12_000 * part + i) + ":a");
            }
            int[] here = shapes.add(other);
            assertThat(Arrays.stream(here).max().orElseThrow()).isLessThan(shapes.size());
        }
        assertThat(shapes.size()).isEqualTo(KeyShapes.SHAPES_MAX);
    }

    @Test
    void keysThatDifferInIdsOnlyHaveOneShape() {
        KeyShapes shapes = new KeyShapes();
        Random random = new Random(3);
        for (int i = 0; i < 5_000; i++) {
            of(shapes, "order:" + (1_000_000_000L + random.nextInt(1_000_000)));
            of(shapes, "session:" + new UUID(random.nextLong(), random.nextLong()));
            of(shapes, "idem:{ACC" + random.nextInt(10_000) + "}:" + Long.toHexString(random.nextLong() | 1L << 63));
            of(shapes, "quote:{BINANCE.BTC" + random.nextInt(1_000, 9_999) + "-USD}:2026-" + (10 + random.nextInt(3)));
        }
        assertThat(shapes.size()).isLessThan(40);
    }

    @Test
    void aKeyspaceOfNamesWithoutAnyStructureStaysBounded() {
        KeyShapes shapes = new KeyShapes();
        Random random = new Random(5);
        int most = 0;
        for (int i = 0; i < 40_000; i++) {
            StringBuilder name = new StringBuilder();
            random.ints(random.nextInt(1, 60), 33, 127).forEach(c -> name.append((char) c));
            most = Math.max(most, of(shapes, name.toString()));
        }
        assertThat(shapes.size()).isLessThanOrEqualTo(KeyShapes.SHAPES_MAX);
        assertThat(most).isLessThan(shapes.size());
    }

    @Test
    void manyUsersAreOneFamilyAlsoWhenTheyAreMoreThanShapes() {
        KeyShapes shapes = new KeyShapes();
        long[] keys = new long[KeyShapes.SHAPES_MAX];
        for (int i = 0; i < 30_000; i++) {
            keys[of(shapes, "app:" + word(i) + ":cart")]++;
            keys[of(shapes, "md:{BTCUSDT}:l2")]++;
        }
        List<KeyGroup<Integer>> groups = KeyGrouping.<Integer>by(shapes::example)
                .counting(shape -> keys[shape])
                .group(IntStream.range(0, shapes.size()).boxed().toList());
        assertThat(groups).extracting(KeyGroup::pattern).containsExactly("app:<id>:cart", "md:{I}:l2");
        assertThat(groups.getFirst().members().stream()
                        .mapToLong(shape -> keys[shape])
                        .sum())
                .isEqualTo(30_000);
    }

    @Provide
    Arbitrary<List<String>> names() {
        Arbitrary<String> segment = Arbitraries.of(
                "md",
                "l2",
                "order",
                "orders",
                "quote",
                "quotes",
                "BTCUSDT",
                "BTC/USDT",
                "AAPL",
                "BRK.B",
                "ESZ6",
                "ES2026",
                "BINANCE.BTCUSDT",
                "BTC-27NOV26-100000-C",
                "BTCUSDT_261225",
                "BTCUSDT_261325",
                "BTCUSDT_000000",
                "20261120",
                "20261320",
                "20260231",
                "2026-11-20",
                "2026-13-20",
                "2026-11",
                "US0378331005",
                "US0378331006",
                "US1234567890",
                "AAPL261120C00150000",
                "deadbeef",
                "deadbeef1",
                "DEADBEEF01",
                "0123456789abcdef",
                "ABCDEF012345",
                "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
                "3f2504e0-4f89-11d3-9a0c-0305e82c33",
                "12",
                "1234567",
                "user123",
                "user1234",
                "ACC1",
                "ACC-17",
                "ACC-99",
                "DESK1",
                "1m",
                "12h",
                "aB3dE6gH9jK2mN5p",
                "x9Bk0123456789abcdef",
                "0123456789abUSDT",
                "redacted",
                "a.b.c",
                "l2_batch_order_book",
                "trader-001",
                "O-20210410-022422-001",
                "favourites",
                "karl",
                "Karl",
                "KARL",
                "",
                "v1",
                "\\x00\\xff",
                "z");
        Arbitrary<String> separator = Arbitraries.of(":", ":", ":", "|", "/", "{", "}", "-", ".", "_", "#", " ");
        return segment.list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .flatMap(segments -> separator.list().ofSize(segments.size()).map(separators -> {
                    StringBuilder name = new StringBuilder();
                    for (int i = 0; i < segments.size(); i++) {
                        name.append(segments.get(i));
                        if (i + 1 < segments.size()) {
                            name.append(separators.get(i));
                        }
                    }
                    return name.toString();
                }))
                .list()
                .ofMinSize(1)
                .ofMaxSize(40)
                .map(names -> names.stream().distinct().toList());
    }

    private static Map<String, String> byShapes(List<String> names) {
        KeyShapes shapes = new KeyShapes();
        Map<Integer, List<String>> namesOf = new HashMap<>();
        names.forEach(name -> namesOf.computeIfAbsent(of(shapes, name), _ -> new ArrayList<>())
                .add(name));
        Map<String, String> patterns = new HashMap<>();
        KeyGrouping.<Integer>by(shapes::example)
                .counting(shape -> namesOf.getOrDefault(shape, List.of()).size())
                .group(IntStream.range(0, shapes.size()).boxed().toList())
                .forEach(group -> group.members()
                        .forEach(shape -> namesOf.getOrDefault(shape, List.of())
                                .forEach(name -> patterns.put(name, group.pattern()))));
        return patterns;
    }

    private static int of(KeyShapes shapes, String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return shapes.of(bytes, 0, bytes.length);
    }

    private static String word(int i) {
        return "zq" + (char) ('g' + i % 17) + (char) ('g' + i / 17 % 17) + (char) ('g' + i / 289 % 17)
                + (char) ('g' + i / 4913 % 17) + "y";
    }
}
