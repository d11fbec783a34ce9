package io.cachewright.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class Utf8CodecTest {

    private final Codec<String> codec = Codec.utf8();

    @Property
    void textComesBack(@ForAll String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

        assertThat(codec.decode(bytes)).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
    }

    @Property(tries = 10_000)
    void bytesThatAreNoTextAreRefused(@ForAll byte[] bytes) {
        if (isText(bytes)) {
            assertThat(codec.decode(bytes)).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
        } else {
            assertThatThrownBy(() -> codec.decode(bytes)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Example
    void theReplacementCharacterMayBeThereByRight() {
        String text = "price \uFFFD unknown";

        assertThat(codec.decode(codec.encode(text))).isEqualTo(text);
    }

    @Example
    void aTextThatWasCutWithinACharacterIsRefused() {
        byte[] cut = {'1', '0', (byte) 0xE2, (byte) 0x82};

        assertThatThrownBy(() -> codec.decode(cut)).hasMessageContaining("not UTF-8");
    }

    private static boolean isText(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException _) {
            return false;
        }
    }
}
