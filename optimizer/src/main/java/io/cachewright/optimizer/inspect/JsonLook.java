package io.cachewright.optimizer.inspect;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;

/// What a JSON document, or the beginning of one, holds: names of attributes, numbers (quoted or not), and the second
/// numbers of two-element arrays, which is how feeds write the quantity of a price level.
///
/// @param names in their order, each once
record JsonLook(Set<String> names, List<WrittenNumber> numbers, List<WrittenNumber> quantities) {

    private static final JsonFactory FACTORY = new JsonFactory();

    /// A cut document is believed once this many tokens could be read.
    private static final int TOKENS_OF_CUT_DOCUMENT_MIN = 4;

    private static final int TOKENS_MAX = 20_000;

    /// Objects and arrays only: a bare number or word is judged as text.
    static Optional<JsonLook> of(byte[] bytes, boolean isCut) {
        int first = 0;
        while (first < bytes.length && Character.isWhitespace(bytes[first])) {
            first++;
        }
        if (first == bytes.length || (bytes[first] != '{' && bytes[first] != '[')) {
            return Optional.empty();
        }
        JsonLook look = new JsonLook(new LinkedHashSet<>(), new ArrayList<>(), new ArrayList<>());
        int tokens = 0;
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
            Deque<List<Optional<WrittenNumber>>> arrays = new ArrayDeque<>();
            for (JsonToken token = parser.nextToken();
                    token != null && tokens < TOKENS_MAX;
                    token = parser.nextToken()) {
                look.take(token, parser, arrays);
                tokens++;
            }
            return Optional.of(look);
        } catch (UnexpectedEndOfInputException _) {
            return isCut && tokens >= TOKENS_OF_CUT_DOCUMENT_MIN ? Optional.of(look) : Optional.empty();
        } catch (JacksonException _) {
            // A cut within a word or an escape reads as a malformed one.
            return isCut && tokens >= TOKENS_OF_CUT_DOCUMENT_MIN * 4 ? Optional.of(look) : Optional.empty();
        }
    }

    private void take(JsonToken token, JsonParser parser, Deque<List<Optional<WrittenNumber>>> arrays) {
        switch (token) {
            case START_ARRAY, START_OBJECT -> {
                if (!arrays.isEmpty()) {
                    arrays.element().add(Optional.empty());
                }
                arrays.push(new ArrayList<>());
            }
            case END_ARRAY -> {
                List<Optional<WrittenNumber>> elements = arrays.pop();
                if (elements.size() == 2 && elements.getFirst().isPresent()) {
                    elements.getLast().ifPresent(quantities::add);
                }
            }
            case END_OBJECT -> arrays.pop();
            case PROPERTY_NAME -> names.add(parser.currentName());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_STRING -> {
                Optional<WrittenNumber> number = WrittenNumber.of(parser.getString());
                number.ifPresent(numbers::add);
                if (!arrays.isEmpty()) {
                    arrays.element().add(number);
                }
            }
            case VALUE_TRUE, VALUE_FALSE, VALUE_NULL, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE -> {
                if (!arrays.isEmpty()) {
                    arrays.element().add(Optional.empty());
                }
            }
        }
    }
}
