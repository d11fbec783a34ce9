package io.cachewright.snapshot.rdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Formats of servers that are older or newer than those at hand, written by hand after their sources.
class RdbFormatsTest {

    @TempDir
    Path directory;

    private List<String> walk(byte[] content) {
        return Transcript.of(RdbBytes.write(directory, content));
    }

    @Test
    void theChecksumIsThatOfTheServers() {
        byte[] text = "123456789".getBytes(StandardCharsets.US_ASCII);
        assertThat(Crc64.update(0, text, 0, text.length)).isEqualTo(0xe9c6d914c4b8d9caL);
        byte[] longer = "This is a test of the emergency broadcast system.".getBytes(StandardCharsets.US_ASCII);
        long half = Crc64.update(0, longer, 0, 17);
        assertThat(Crc64.update(half, longer, 17, longer.length)).isEqualTo(Crc64.update(0, longer, 0, longer.length));
    }

    @Test
    void checksumsOfPiecesMakeThatOfTheWhole() {
        byte[] bytes = new byte[200_000];
        new Random(5).nextBytes(bytes);
        long inSmallSteps = 0;
        for (int i = 0; i < bytes.length; i += 1_000) {
            inSmallSteps = Crc64.update(inSmallSteps, bytes, i, i + 1_000);
        }
        assertThat(Crc64.update(0, bytes, 0, bytes.length)).isEqualTo(inSmallSteps);
        for (int cut : new int[] {0, 1, 77_777, bytes.length - 1, bytes.length}) {
            long first = Crc64.update(0, bytes, 0, cut);
            long second = Crc64.update(0, bytes, cut, bytes.length);
            assertThat(Crc64.join(first, second, bytes.length - cut)).isEqualTo(inSmallSteps);
        }
    }

    @Test
    void filesBeforeVersionFiveHaveNoChecksum() {
        byte[] content = new RdbBytes("REDIS0003")
                .bytes(254, 0)
                .bytes(253, 0x10, 0, 0, 0)
                .bytes(0)
                .string("a")
                .string("hello")
                .bytes(1)
                .string("list")
                .bytes(2)
                .string("one")
                .bytes(0xC0, 7)
                .bytes(3)
                .string("scores")
                .bytes(3)
                .string("m")
                .string("1.5")
                .string("n")
                .bytes(254)
                .string("o")
                .bytes(255)
                .endWithoutChecksum();
        assertThat(walk(content))
                .containsExactly(
                        "key 0 string a 16000 -1 -1",
                        "string 5 false",
                        "end 14",
                        "key 0 list list -1 -1 -1",
                        "list 2",
                        "element 3 false",
                        "element 1 true",
                        "end 13",
                        "key 0 zset scores -1 -1 -1",
                        "table 3",
                        "element 1 false",
                        "element 1 false",
                        "element 1 false",
                        "end 21",
                        "ABSENT");
    }

    @Test
    void readsZipmapsZiplistsAndIntsets() {
        String ziplist = "\u0016\0\0\0\u0013\0\0\0\3\0" + "\0\3abc" + "\5\u00C0\u0001\u0002" + "\4\u00F6" + "\u00FF";
        byte[] content = new RdbBytes("REDIS0006")
                .bytes(9)
                .string("map")
                .string("\2\3foo\3\0bar\5hello\5\2world--\u00FF")
                .bytes(10)
                .string("list")
                .string(ziplist)
                .bytes(11)
                .string("ints")
                .string("\2\0\0\0\3\0\0\0\u00FF\u00FF\5\0\1\2")
                .end();
        assertThat(walk(content))
                .containsExactly(
                        "key 0 hash map -1 -1 -1",
                        "packed ZIPMAP 26 4",
                        "- 0 foo",
                        "- 1 bar",
                        "- 2 hello",
                        "- 3 world",
                        "end 32",
                        "key 0 list list -1 -1 -1",
                        "list 1",
                        "packed ZIPLIST 22 3",
                        "- 0 abc",
                        "- 1 513",
                        "- 2 5",
                        "end 29",
                        "key 0 set ints -1 -1 -1",
                        "packed INTSET 14 3",
                        "- 0 -1",
                        "- 1 5",
                        "- 2 513",
                        "end 21",
                        "VERIFIED");
    }

    @Test
    void readsHashesOfValkeyNineAndSkipsItsSlotImports() {
        byte[] content = new RdbBytes("VALKEY080")
                .bytes(250)
                .string("valkey-ver")
                .string("9.0.0")
                .bytes(243)
                .string("import")
                .bytes(1, 5, 9)
                .bytes(22)
                .string("h")
                .bytes(2)
                .string("f")
                .string("v")
                .littleEndian(-1)
                .string("g")
                .string("w")
                .littleEndian(1_800_000_000_000L)
                .end();
        assertThat(walk(content))
                .containsExactly(
                        "aux valkey-ver 9.0.0",
                        "key 0 hash h -1 -1 -1",
                        "table 2",
                        "field 1 f",
                        "element 1 false",
                        "expires 1800000000000",
                        "field 1 g",
                        "element 1 false",
                        "end 28",
                        "VERIFIED");
    }

    @Test
    void readsMetadataOfKeysIdempotentProducersAndModulesOfRedisEight() {
        byte[] content = new RdbBytes("REDIS0013")
                .bytes(243, 1, 1, 2, 3, 4, 2, 7, 5)
                .string("x")
                .bytes(0)
                .bytes(248, 9)
                .bytes(26)
                .string("s")
                .bytes(1)
                .string("\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0\0")
                .string("\15\0\0\0\3\0\1\1\1\1\0\1\u00FF")
                .bytes(1, 1, 0, 1, 0, 0, 0, 1)
                .bytes(0)
                .bytes(60, 10, 1)
                .string("p")
                .bytes(1)
                .string("id")
                .bytes(1, 0, 1, 0)
                .bytes(7)
                .string("m")
                .bytes(0x81, 0, 0, 0, 0, 0, 0, 4, 0)
                .bytes(4, 0, 0, 0, 0, 0, 0, 0, 0)
                .bytes(3, 0, 0, 0, 0)
                .bytes(0)
                .bytes(244, 1, 2, 3)
                .end();
        assertThat(walk(content))
                .containsExactly(
                        "key 0 stream s -1 9 -1",
                        "node 13",
                        "stream 1 2",
                        "end 71",
                        "key 0 module m -1 -1 -1",
                        "module AAAAAAAAB",
                        "end 27",
                        "slot 1 2 3",
                        "VERIFIED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"REDIS0014", "VALKEY081", "VALKEY011", "REDIS0000", "REDISxxxx", "hello, world"})
    void refusesFormatsThatItDoesNotKnow(String header) {
        byte[] content = new RdbBytes(header).end();
        assertThatThrownBy(() -> walk(content)).isInstanceOf(MalformedSnapshot.class);
    }

    @Test
    void valkeyDoesNotWriteTheTypesOfRedis() {
        byte[] content = new RdbBytes("VALKEY080").bytes(25).string("h").end();
        assertThatThrownBy(() -> walk(content))
                .isInstanceOf(MalformedSnapshot.class)
                .hasMessageContaining("at byte 9: value type 25");
    }

    @Test
    void aStringLongerThanTheFileIsRefusedBeforeAnythingIsAllocated() {
        byte[] content = new RdbBytes("REDIS0011")
                .bytes(0)
                .string("k")
                .bytes(0x81, 0, 0, 0x10, 0, 0, 0, 0, 0)
                .end();
        assertThatThrownBy(() -> walk(content))
                .isInstanceOf(MalformedSnapshot.class)
                .hasMessageContaining("17592186044416 bytes is claimed");
    }
}
