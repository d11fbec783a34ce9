package io.cachewright.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.HashSlot;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class FieldMarkerTest {

    @Property(tries = 300)
    void namesItsKeyAndFieldsWhateverTheyAreCalled(
            @ForAll @NotEmpty @StringLength(max = 40) String name,
            @ForAll @Size(min = 1, max = 5) List<@StringLength(max = 20) String> fields) {
        String key = "pos:" + wellFormed(name);
        List<String> named = fields.stream().map(FieldMarkerTest::wellFormed).toList();
        FieldMarker.name("pos:", key, named).ifPresent(marker -> {
            assertThat(marker).startsWith("pos:");
            assertThat(HashSlot.of(marker)).isEqualTo(HashSlot.of(key));
            assertThat(FieldMarker.parse(marker)).contains(new FieldMarker(key, named));
        });
    }

    /// A lone half of a surrogate pair is no text that a server could be sent.
    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    @Property(tries = 300)
    void whatIsNoMarkerNamesNothing(@ForAll @StringLength(max = 30) String text) {
        assertThat(FieldMarker.parse(text)).isEmpty();
        FieldMarker.parse("pos:{1}cachewright-fields:" + text);
        FieldMarker.parse("pos:{1}cachewright-fields:3:abc," + text);
    }

    @Test
    void brokenMarkersNameNothing() {
        for (String broken :
                List.of("", "3:abc,", "3:abc", "9:abc,2:ab,", "3:abc,2:ab", "3:abc,-1:,", "99999999999:a,")) {
            assertThat(FieldMarker.parse("pos:{1}cachewright-fields:" + broken))
                    .as(broken)
                    .isEmpty();
        }
        assertThat(FieldMarker.parse("pos:{1}cachewright-fields:3:abc,0:,"))
                .contains(new FieldMarker("abc", List.of("")));
    }

    /// The example that the docs give to other languages.
    @Test
    void isWrittenAsTheDocsSay() {
        assertThat(FieldMarker.name("pos:", "pos:A:VOD.L", List.of("qty")))
                .contains("pos:{246}cachewright-fields:11:pos:A:VOD.L,3:qty,");
    }

    @Test
    void tooManyFieldsAreNotNamed() {
        assertThat(FieldMarker.name("pos:", "pos:1", List.of("x".repeat(5_000))))
                .isEmpty();
    }
}
