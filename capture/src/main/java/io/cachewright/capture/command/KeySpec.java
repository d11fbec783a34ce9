package io.cachewright.capture.command;

import java.util.ArrayList;
import java.util.List;

/// Where some keys of a command stand: first a place to begin, then a rule from there.
/// Source: the key specifications that `COMMAND` answers since Redis 7.0.
record KeySpec(KeyAccess access, Begin begin, Find find) {

    /// More keys than a server accepts arguments.
    private static final int KEYS_MAX = 1 << 20;

    sealed interface Begin {

        record Index(int index) implements Begin {}

        /// After the first argument that is `word`, looked for from `from` on; from the end backwards when negative.
        record Keyword(String word, int from) implements Begin {}
    }

    sealed interface Find {

        /// @param last relative to the first key; from the end when negative
        /// @param limit only the first 1/`limit` of the arguments are keys; 0 and 1 mean all
        record Range(int last, int step, int limit) implements Find {}

        /// An argument says how many keys follow.
        record Counted(int countIndex, int first, int step) implements Find {}
    }

    List<KeyUse> find(Arguments arguments) {
        int count = arguments.count();
        int start = begin(arguments);
        if (start <= 0 || start >= count) {
            return List.of();
        }
        int first;
        int last;
        int step;
        switch (find) {
            case Find.Range(int lastKey, int keyStep, int limit) -> {
                first = start;
                step = keyStep;
                if (lastKey >= 0) {
                    last = start + lastKey;
                } else if (limit <= 1) {
                    last = count + lastKey;
                } else {
                    last = start + (count - start) / limit + lastKey;
                }
            }
            case Find.Counted(int countIndex, int firstKey, int keyStep) -> {
                long keys = arguments.number(start + countIndex, -1);
                if (keys < 0 || keys > KEYS_MAX) {
                    return List.of();
                }
                first = start + firstKey;
                step = keyStep;
                last = (int) (first + (keys - 1) * keyStep);
            }
        }
        if (last >= count || first > last) {
            return List.of();
        }
        if (first == last) {
            return List.of(new KeyUse(first, access));
        }
        List<KeyUse> keys = new ArrayList<>();
        for (int i = first; i <= last; i += step) {
            keys.add(new KeyUse(i, access));
        }
        return keys;
    }

    private int begin(Arguments arguments) {
        return switch (begin) {
            case Begin.Index(int index) -> index;
            case Begin.Keyword(String word, int from) -> {
                int found = from > 0 ? arguments.find(word, from) : -1;
                yield found < 0 ? -1 : found + 1;
            }
        };
    }
}
