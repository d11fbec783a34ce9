package io.cachewright.runtime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Names the fields of a hash that one write changes, in the name of another key: one that the write makes and
/// deletes in the same step, so that only its name is ever seen, by those whom the server tells of changes.
///
/* `PREFIX{TAG}cachewright-fields:` and then netstrings [1]: the key, and each field. It begins with the prefix of the
 * class, since a server tells of all keys of one prefix that changed in one turn together, in one message: whoever hears
 * of the key hears of the marker with it. The tag is a number of the key's slot.
 *
 * [1] https://cr.yp.to/proto/netstrings.txt: the length in bytes, a colon, the bytes, a comma.
 */
record FieldMarker(String key, List<String> fields) {

    private static final String INFIX = "}cachewright-fields:";

    /// Longer names cost everybody who listens more than reading the hash again.
    private static final int BYTES_MAX = 4_096;

    FieldMarker {
        fields = List.copyOf(fields);
    }

    /// The name of the marker for a write of `fields` of `key`; empty when it would be too long: then only
    /// the key is told.
    static Optional<String> name(String prefix, String key, Collection<String> fields) {
        StringBuilder name =
                new StringBuilder(prefix).append('{').append(SlotTags.of(key)).append(INFIX);
        append(name, key);
        fields.forEach(field -> append(name, field));
        return name.length() > BYTES_MAX ? Optional.empty() : Optional.of(name.toString());
    }

    private static void append(StringBuilder name, String text) {
        name.append(text.getBytes(StandardCharsets.UTF_8).length)
                .append(':')
                .append(text)
                .append(',');
    }

    /// What `name` names; empty when it is no marker, or none that can be read.
    static Optional<FieldMarker> parse(String name) {
        int at = name.indexOf(INFIX);
        if (at < 0) {
            return Optional.empty();
        }
        List<String> texts = texts(name.substring(at + INFIX.length()).getBytes(StandardCharsets.UTF_8));
        return texts.size() < 2
                ? Optional.empty()
                : Optional.of(new FieldMarker(texts.getFirst(), texts.subList(1, texts.size())));
    }

    /// Empty when any of it is no netstring.
    private static List<String> texts(byte[] bytes) {
        List<String> texts = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            int length = 0;
            int digits = at;
            while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9' && length < BYTES_MAX) {
                length = 10 * length + bytes[at++] - '0';
            }
            int end = at + 1 + length;
            if (at == digits || end >= bytes.length || bytes[at] != ':' || bytes[end] != ',') {
                return List.of();
            }
            texts.add(new String(bytes, at + 1, length, StandardCharsets.UTF_8));
            at = end + 1;
        }
        return texts;
    }
}
