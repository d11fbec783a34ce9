package io.cachewright.optimizer.inspect;

import io.cachewright.optimizer.evidence.ValueFacts.Form;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Tells how one piece of bytes is written, by its first bytes.
final class WrittenForm {

    private static final int JAVA_STREAM_MAGIC = 0xaced0005;

    /// Protocols 2 to 5 of Python's pickle say so in their second byte.
    private static final int PICKLE_PROTOCOL_MIN = 2;

    private static final int PICKLE_PROTOCOL_MAX = 5;

    private static final List<byte[]> COMPRESSED = List.of(
            new byte[] {0x1f, (byte) 0x8b},
            new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd},
            new byte[] {0x04, 0x22, 0x4d, 0x18},
            new byte[] {'B', 'Z', 'h'},
            new byte[] {(byte) 0xff, 0x06, 0x00, 0x00, 's', 'N', 'a', 'P', 'p', 'Y'});

    /// Above this share of control characters, text is none.
    private static final double CONTROL_SHARE_MAX = 0.02;

    private WrittenForm() {}

    /// `json` is what a look at the bytes as JSON gave; `isCut` whether more bytes follow.
    static Form of(byte[] bytes, Optional<JsonLook> json, boolean isCut) {
        if (bytes.length == 0) {
            return Form.EMPTY;
        }
        if (bytes.length >= 4 && ByteBuffer.wrap(bytes).getInt() == JAVA_STREAM_MAGIC) {
            return Form.JAVA_SERIALIZED;
        }
        if (bytes.length >= 3
                && (bytes[0] & 0xff) == 0x80
                && bytes[1] >= PICKLE_PROTOCOL_MIN
                && bytes[1] <= PICKLE_PROTOCOL_MAX) {
            return Form.PICKLE;
        }
        if (isCompressed(bytes)) {
            return Form.COMPRESSED;
        }
        if (json.isPresent()) {
            return Form.JSON;
        }
        if (!isText(bytes, isCut)) {
            return Form.BINARY;
        }
        return WrittenNumber.of(new String(bytes, StandardCharsets.UTF_8))
                .map(number -> number.isFraction() ? Form.DECIMAL : Form.INTEGER)
                .orElse(Form.TEXT);
    }

    private static boolean isCompressed(byte[] bytes) {
        for (byte[] magic : COMPRESSED) {
            if (bytes.length > magic.length
                    && ByteBuffer.wrap(bytes, 0, magic.length).equals(ByteBuffer.wrap(magic))) {
                return true;
            }
        }
        // A zlib header: deflate with a 32 KB window, its two bytes divisible by 31, and levels that are in use.
        int second = bytes.length > 2 ? bytes[1] & 0xff : 0;
        return bytes.length > 8 && bytes[0] == 0x78 && (second == 0x01 || second == 0x9c || second == 0xda);
    }

    private static boolean isText(byte[] bytes, boolean isCut) {
        CharBuffer characters = CharBuffer.allocate(bytes.length);
        var result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes), characters, !isCut);
        if (result.isError()) {
            return false;
        }
        long controls = characters.flip().chars().filter(WrittenForm::isControl).count();
        return controls <= bytes.length * CONTROL_SHARE_MAX;
    }

    private static boolean isControl(int character) {
        return character < ' ' && character != '\n' && character != '\r' && character != '\t';
    }
}
