package io.cachewright.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

class RecordJsonTest {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private record Figures(double share, @Nullable Double none, List<Long> counts, List<String> names) {}

    private record Unknown(Set<String> names) {}

    static List<View> views() {
        return SampleViews.all();
    }

    @ParameterizedTest
    @MethodSource("views")
    void writesAViewAsAnObjectMapperDoes(View view) {
        assertThat(Rendering.json(view)).isEqualTo(MAPPER.writeValueAsString(view) + "\n");
    }

    @Test
    void writesWhatIsNoNumberAndWhatMustBeEscapedAsAnObjectMapperDoes() {
        Figures figures = new Figures(Double.NaN, null, List.of(), List.of("\"a\\\n\u0001", "\u20ac\ud83d\ude00", ""));

        assertThat(RecordJson.write(figures)).isEqualTo(MAPPER.writeValueAsString(figures));
    }

    @Test
    void saysWhatItDoesNotKnow() {
        assertThatThrownBy(() -> RecordJson.write(new Unknown(Set.of("a"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Set");
    }
}
