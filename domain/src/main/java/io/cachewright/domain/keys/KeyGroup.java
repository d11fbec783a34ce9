package io.cachewright.domain.keys;

import java.util.List;

/// What was found to be one family.
///
/// @param pattern for example `md:{I}:l2`, where `{I}` stands for an instrument in a hash tag, `<I>` for one outside,
/// `<n>` for a number, `<date>` for a date, `<id>` for an id, `*` for anything
/// @param glob the same as a Redis pattern, `md:{*}:l2`
/// @param members in the order they were given
public record KeyGroup<K>(String pattern, String glob, List<K> members) {

    public KeyGroup {
        members = List.copyOf(members);
        if (members.isEmpty()) {
            throw new IllegalArgumentException("family " + pattern + " has no member");
        }
    }
}
