package io.cachewright.sizing.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachewright.domain.InvalidInput;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AccessTraceFileTest {

    private static final String SAMPLE = """
        # recorded by hand
        key,time,op,size,ttl,client
        md:{BTC}:l2,0.000104,write,1843,,7
        "ref:calendar,\"\"XNYS\"\"\",0.5,,220,3600,8
        md:{BTC}:l2,1.25,read,1843,0.250,7

        md:{BTC}:l2,2,del,,,7
        """;

    @Test
    void readsEachColumnWhereverItStands() throws IOException {
        Trace trace = read(SAMPLE);

        assertThat(trace.length()).isEqualTo(4);
        assertThat(trace.keyCount()).isEqualTo(2);
        assertThat(trace.keyName(trace.key(0))).isEqualTo("md:{BTC}:l2");
        assertThat(trace.keyName(trace.key(1))).isEqualTo("ref:calendar,\"XNYS\"");
        assertThat(trace.operation(0)).isEqualTo(Operation.WRITE);
        assertThat(trace.operation(1)).isEqualTo(Operation.READ);
        assertThat(trace.operation(3)).isEqualTo(Operation.DELETE);
        assertThat(trace.timeMicros(0)).isEqualTo(104);
        assertThat(trace.timeMicros(2)).isEqualTo(1_250_000);
        assertThat(trace.valueBytes(1)).isEqualTo(220);
        assertThat(trace.ttlMillis(1)).isEqualTo(3_600_000);
        assertThat(trace.ttlMillis(2)).isEqualTo(250);
        assertThat(trace.ttlMillis(0)).isZero();
    }

    @Test
    void tellsAllProblemsWithTheirLines() {
        assertThatThrownBy(() -> read("""
            time,key,op,size,ttl
            x,a,read,1,
            1,a,peek,1,
            1,a,read,-1,
            1,a,read
            1,"a,read,1,
            1e999999999,a,read,1,
            """))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("line 2: time must be seconds")
                .hasMessageContaining("line 3: op must be read, write or delete, was \"peek\"")
                .hasMessageContaining("line 4: size must be whole bytes")
                .hasMessageContaining("line 5: has 3 columns, the header has 5")
                .hasMessageContaining("line 6: a quote is not closed")
                .hasMessageContaining("line 7: time must be below 10^15 seconds");
    }

    @Test
    void aFileWithoutItsHeaderIsRefused() {
        assertThatThrownBy(() -> read("1,a\n")).hasMessageContaining("the header must name the column time");
        assertThatThrownBy(() -> read("")).hasMessageContaining("has no header line");
    }

    @Test
    void timesNeverGoBack() throws IOException {
        Trace trace = read("time,key\n2,a\n1,b\n3,c\n");

        assertThat(trace.timeMicros(1)).isEqualTo(2_000_000);
        assertThat(trace.timeMicros(2)).isEqualTo(3_000_000);
    }

    @Test
    void readsCompressedFiles(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("sample.csv.gz");
        try (OutputStream output = new GZIPOutputStream(Files.newOutputStream(file))) {
            output.write(SAMPLE.getBytes(StandardCharsets.UTF_8));
        }

        assertThat(AccessTraceFile.read(file).length()).isEqualTo(4);
    }

    @Test
    void aSampleHoldsAllAccessesOfAKeyOrNone() throws IOException {
        StringBuilder lines = new StringBuilder("time,key\n");
        for (int i = 0; i < 3_000; i++) {
            lines.append(i).append(",key:").append(i % 1_000).append('\n');
        }

        Trace whole = read(lines.toString());
        Trace sample = AccessTraceFile.read(
                "sample", new BufferedReader(new StringReader(lines.toString())), new KeySample(0.2));

        assertThat(sample.accessesByKey()).containsOnly(3);
        assertThat(sample.keyCount()).isBetween(150, 250);
        assertThat(whole.sampled(new KeySample(0.2)).keyCount()).isEqualTo(sample.keyCount());
    }

    @Property
    void damagedTextIsReadOrRefusedWithItsLine(
            @ForAll @IntRange(max = 200) int position, @ForAll @StringLength(max = 5) String damage) {
        int at = Math.min(position, SAMPLE.length());
        String damaged = SAMPLE.substring(0, at)
                + damage
                + SAMPLE.substring(Math.min(SAMPLE.length(), at + new Random(position).nextInt(6)));
        try {
            assertThat(read(damaged).length()).isLessThanOrEqualTo(8);
        } catch (InvalidInput refused) {
            assertThat(refused.problems()).isNotEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Trace read(String text) throws IOException {
        return AccessTraceFile.read("sample", new BufferedReader(new StringReader(text)), KeySample.all());
    }
}
