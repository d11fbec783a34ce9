package io.cachewright.lab.market;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Steps over a streamed message that every feed takes.
final class Json {

    private Json() {}

    /// Moves to the next field of the current object and on to its value; false at the object's end.
    static boolean nextField(JsonParser parser) {
        if (parser.nextToken() != JsonToken.PROPERTY_NAME) {
            return false;
        }
        parser.nextToken();
        return true;
    }

    /// The levels of an array of `[price, quantity, …]`, at which `parser` stands.
    static Levels levels(JsonParser parser, Instrument instrument) {
        var levels = new Levels.Builder();
        while (parser.nextToken() == JsonToken.START_ARRAY) {
            parser.nextToken();
            long price = instrument.parsePrice(parser.getString());
            parser.nextToken();
            levels.add(price, instrument.parseQuantity(parser.getString()));
            skipToEndOfArray(parser);
        }
        return levels.build();
    }

    /// The rows of an array of `[text, text, …]` as they are written, for a feed that must learn the scales first.
    static List<String[]> rows(JsonParser parser, int columns) {
        List<String[]> rows = new ArrayList<>();
        while (parser.nextToken() == JsonToken.START_ARRAY) {
            var row = new String[columns];
            for (int column = 0; column < columns; column++) {
                parser.nextToken();
                row[column] = parser.getString();
            }
            skipToEndOfArray(parser);
            rows.add(row);
        }
        return rows;
    }

    /// The most decimals any row has in `column`.
    static int decimals(List<String[]> rows, int column) {
        return rows.stream().mapToInt(row -> decimals(row[column])).max().orElse(0);
    }

    private static int decimals(String number) {
        int point = number.indexOf('.');
        return point < 0 ? 0 : number.length() - point - 1;
    }

    static Levels levels(List<String[]> rows, Instrument instrument) {
        var levels = new Levels.Builder();
        for (String[] row : rows) {
            levels.add(instrument.parsePrice(row[0]), instrument.parseQuantity(row[1]));
        }
        return levels.build();
    }

    /// The part of a channel name after its last underscore or dot, upper case: `diff_order_book_ethusd` → `ETHUSD`.
    static String lastPart(String channel, char separator) {
        return channel.substring(channel.lastIndexOf(separator) + 1).toUpperCase(Locale.ROOT);
    }

    private static void skipToEndOfArray(JsonParser parser) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            parser.skipChildren();
        }
    }
}
