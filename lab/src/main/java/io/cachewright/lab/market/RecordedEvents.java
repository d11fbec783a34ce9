package io.cachewright.lab.market;

import io.cachewright.domain.InvalidInput;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// The events of gzipped recordings, read one after the other. Two line forms are known:
///
/// ```
/// <receive nanoseconds> <message>
/// [<address> -> ]<receive seconds>: <message>
/// ```
///
/// Each file is held compressed in memory (some megabytes), so that an iterator that is not read to its end leaves no
/// open file behind.
final class RecordedEvents implements Iterator<MarketEvent> {

    private static final JsonFactory JSON = new JsonFactory();

    private final Iterator<Path> files;
    private final Feed feed;
    private final Deque<MarketEvent> ready = new ArrayDeque<>();
    private @Nullable BufferedReader lines;
    private String source = "";
    private int lineNumber;

    RecordedEvents(List<Path> files, Feed feed) {
        this.files = files.iterator();
        this.feed = feed;
    }

    @Override
    public boolean hasNext() {
        try {
            while (ready.isEmpty()) {
                @Nullable String line = nextLine();
                if (line == null) {
                    return false;
                }
                read(line);
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(source, e);
        }
    }

    @Override
    public MarketEvent next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.removeFirst();
    }

    private @Nullable String nextLine() throws IOException {
        while (true) {
            if (lines == null) {
                if (!files.hasNext()) {
                    return null;
                }
                lines = open(files.next());
            }
            @Nullable String line = lines.readLine();
            if (line != null) {
                lineNumber++;
                return line;
            }
            lines = null;
        }
    }

    private BufferedReader open(Path file) throws IOException {
        source = file.toString();
        lineNumber = 0;
        var compressed = new ByteArrayInputStream(Files.readAllBytes(file));
        return new BufferedReader(
                new InputStreamReader(new GZIPInputStream(compressed, 1 << 16), StandardCharsets.UTF_8), 1 << 16);
    }

    private void read(String line) {
        int json = line.indexOf(' ');
        if (json < 0) {
            return;
        }
        try {
            if (line.charAt(json - 1) != ':' && Character.isDigit(line.charAt(0))) {
                parse("", Long.parseLong(line, 0, json, 10), line.substring(json + 1));
                return;
            }
            String address = "";
            if (!Character.isDigit(line.charAt(0))) {
                int arrow = line.indexOf(" -> ");
                if (arrow < 0) {
                    return;
                }
                address = line.substring(0, arrow);
                line = line.substring(arrow + 4);
            }
            int colon = line.indexOf(": ");
            parse(address, nanos(line.substring(0, colon)), line.substring(colon + 2));
        } catch (JacksonException | IllegalArgumentException | ArithmeticException e) {
            throw new InvalidInput(source, List.of("line " + lineNumber + ": " + e.getMessage()));
        }
    }

    private static long nanos(String seconds) {
        return new BigDecimal(seconds).movePointRight(9).longValue();
    }

    private void parse(String address, long receivedNanos, String message) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), message)) {
            parser.nextToken();
            feed.read(address, receivedNanos, parser, ready::add);
        }
    }
}
