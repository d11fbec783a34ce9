package io.cachewright.domain.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachewright.domain.InvalidInput;
import io.cachewright.domain.UseCase;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FamilyPatternsTest {

    private static final String FILE = """
            version: 1
            families:
              - family: "depth"
                keys: ["md:{*}:l2", "book:*"]
                use-case: depth
              - family: "rest of market data"
                keys: "md:*"
            """;

    @Test
    void theFirstFamilyOfTheFileThatMatchesTakesTheKey() {
        FamilyPatterns patterns = FamilyPatterns.parse("families.yaml", FILE);
        assertThat(match(patterns, "md:{BTC-USD}:l2")).isEqualTo(0);
        assertThat(match(patterns, "book:1")).isEqualTo(0);
        assertThat(match(patterns, "md:{BTC-USD}:l1")).isEqualTo(1);
        assertThat(match(patterns, "order:1")).isEqualTo(-1);
        assertThat(patterns.families().getFirst().useCase()).contains(UseCase.DEPTH);
        assertThat(patterns.families().getLast().useCase()).isEmpty();
    }

    @Test
    void allProblemsAreToldAtOnce() {
        String wrong = """
                version: 1
                families:
                  - family: "a"
                    keys: ["x:*", ""]
                  - family: "a"
                    keyz: "y:*"
                  - family: " "
                    keys: "z"
                    use-case: deep
                """;
        assertThatThrownBy(() -> FamilyPatterns.parse("families.yaml", wrong))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        problem -> assertThat(problem.problems())
                                .anyMatch(text -> text.contains("empty glob"))
                                .anyMatch(text -> text.contains("`a` is named twice"))
                                .anyMatch(text -> text.contains("did you mean `keys`"))
                                .anyMatch(text -> text.contains("must not be blank"))
                                .anyMatch(text -> text.contains("was `deep`")));
    }

    @ParameterizedTest
    @CsvSource({
        "*, anything, true",
        "a*c, abc, true",
        "a*c, ab, false",
        "a*b*c, aXbYbZc, true",
        "a?c, abc, true",
        "a?c, ac, false",
        "[ab]x, bx, true",
        "[ab]x, cx, false",
        "[^ab]x, cx, true",
        "[a-c]x, bx, true",
        "[a-c]x, dx, false",
        "a\\*c, a*c, true",
        "a\\*c, abc, false",
        "abc, abcd, false",
        "abc*, abc, true",
        "**a**, bab, true",
        "[ab, a, true",
    })
    void globsMatchAsThoseOfTheServer(String glob, String name, boolean matches) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        assertThat(Glob.matches(glob.getBytes(StandardCharsets.UTF_8), text, 0, text.length))
                .isEqualTo(matches);
    }

    @Test
    void manyStarsTakeNoLongTime() {
        byte[] glob = ("a*".repeat(200) + "b").getBytes(StandardCharsets.UTF_8);
        byte[] text = "a".repeat(20_000).getBytes(StandardCharsets.UTF_8);
        assertThat(Glob.matches(glob, text, 0, text.length)).isFalse();
    }

    private static int match(FamilyPatterns patterns, String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return patterns.match(bytes, 0, bytes.length);
    }
}
