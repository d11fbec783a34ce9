package io.cachewright.domain.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class KeyTemplateTest {

    @Property
    void whatIsFilledInIsFoundAgain(
            @ForAll @AlphaChars @Chars({'.', '-', '_', '{', '}'}) @StringLength(min = 1, max = 12) String account,
            @ForAll @AlphaChars @Chars({'.', '=', '/'}) @StringLength(min = 1, max = 12) String instrument) {
        KeyTemplate template = KeyTemplate.parse("pos:{ACCT}:{I_2}:x");
        Map<String, String> values = Map.of("ACCT", account, "I_2", instrument);
        String key = template.fill(values);
        assertThat(key).isEqualTo("pos:" + account + ":" + instrument + ":x");
        assertThat(template.match(key)).contains(values);
    }

    @Test
    void aVariableIsNeverEmptyAndNeverAColon() {
        KeyTemplate template = KeyTemplate.parse("md:{I}:quote");
        assertThat(template.match("md:VOD.L:quote")).contains(Map.of("I", "VOD.L"));
        assertThat(template.match("md::quote")).isEmpty();
        assertThat(template.match("md:a:b:quote")).isEmpty();
        assertThat(template.match("md:VOD.L:quotes")).isEmpty();
        assertThat(template.match("xmd:VOD.L:quote")).isEmpty();
    }

    @Test
    void aVariableMayStandInAHashTag() {
        KeyTemplate template = KeyTemplate.parse("md:{{I}}:quote");
        assertThat(template.fill(Map.of("I", "VOD.L"))).isEqualTo("md:{VOD.L}:quote");
        assertThat(template.match("md:{VOD.L}:quote")).contains(Map.of("I", "VOD.L"));
        assertThat(template.match("md:VOD.L:quote")).isEmpty();
    }

    @Test
    void theSameVariableTwiceIsTheSameTextTwice() {
        KeyTemplate template = KeyTemplate.parse("pair:{A}:{A}");
        assertThat(template.match("pair:x:x")).contains(Map.of("A", "x"));
        assertThat(template.match("pair:x:y")).isEmpty();
    }

    @Test
    void whatIsNoVariableIsText() {
        assertThat(KeyTemplate.parse("md:{vod}:q").variables()).isEmpty();
        assertThat(KeyTemplate.parse("md:{vod}:q").match("md:{vod}:q")).isPresent();
        assertThat(KeyTemplate.parse("a.c").match("abc")).isEmpty();
        assertThat(KeyTemplate.parse("i:{I}").shape())
                .isEqualTo(KeyTemplate.parse("i:{INSTRUMENT}").shape());
    }

    @Test
    void refusesWhatHasNoOneMeaning() {
        assertThatThrownBy(() -> KeyTemplate.parse("")).hasMessageContaining("must not be empty");
        assertThatThrownBy(() -> KeyTemplate.parse("{A}{B}")).hasMessageContaining("nothing between them");
        assertThatThrownBy(() -> KeyTemplate.parse("i:{I}").fill(Map.of())).hasMessageContaining("no value for {I}");
    }
}
