package io.cachewright.optimizer.prove;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Another value of one encoding limit that would change how a family is stored.
///
/// @param reason what it would do, as one clause
record EncodingCandidate(String parameter, String from, String to, String reason) {

    /// In shorter collections neither encoding gains anything to speak of.
    private static final int SHORT_ELEMENTS = 16;

    /// A list whose elements fit one node is stored the same under any node size.
    private static final int NODE_BYTES_MIN = 4_096;

    /// The node at each end is never compressed, so only longer lists can be.
    private static final int NODES_COMPRESSED_MIN = 3;

    /// `list-max-listpack-size -1` is 4 KB a node, each step down doubles it to `-5`.
    private static final List<String> NODE_SIZES = List.of("-1", "-2", "-3", "-4", "-5");

    private static final int INTEGER_DIGITS_MAX = 19;

    /// What is worth trying for this family, given the limits that hold today.
    ///
    /// @param limits of the server by their names; those it does not know are not tried
    static List<EncodingCandidate> of(FamilySample sample, Map<String, String> limits) {
        List<EncodingCandidate> candidates = new ArrayList<>();
        switch (sample.type()) {
            case HASH -> addPacked("hash", sample, limits, candidates);
            case SORTED_SET -> addPacked("zset", sample, limits, candidates);
            case SET -> {
                if (isOfIntegers(sample)) {
                    limit("set-max-intset-entries", limits)
                            .ifPresent(limit ->
                                    addEntries(limit, sample.keys(), FamilySample.Type.SET, "intset", candidates));
                } else {
                    addPacked("set", sample, limits, candidates);
                }
            }
            case LIST -> addNodes(sample, limits, candidates);
        }
        return candidates;
    }

    private record Limit(String name, long value) {
        EncodingCandidate to(long other, String reason) {
            return new EncodingCandidate(name, Long.toString(value), Long.toString(other), reason);
        }
    }

    /// By its name of today, or as servers before 7.0 call it.
    private static Optional<Limit> limit(String name, Map<String, String> limits) {
        for (String spelled : List.of(name, name.replace("listpack", "ziplist"))) {
            String value = limits.get(spelled);
            if (value != null) {
                return Optional.of(new Limit(spelled, Long.parseLong(value)));
            }
        }
        return Optional.empty();
    }

    private static void addPacked(
            String type, FamilySample sample, Map<String, String> limits, List<EncodingCandidate> candidates) {
        Optional<Limit> entries = limit(type + "-max-listpack-entries", limits);
        Optional<Limit> value = limit(type + "-max-listpack-value", limits);
        if (entries.isEmpty() || value.isEmpty()) {
            return;
        }
        long most = value.get().value();
        List<FamilySample.Key> narrow = sample.keys().stream()
                .filter(key -> key.longestBytes(sample.type()) <= most)
                .toList();
        addEntries(entries.get(), narrow, sample.type(), "listpack", candidates);
        sample.keys().stream()
                .filter(key -> key.elements(sample.type()) <= entries.get().value())
                .mapToInt(key -> key.longestBytes(sample.type()))
                .filter(longest -> longest > most)
                .max()
                .ifPresent(longest -> candidates.add(value.get()
                        .to(powerOfTwo(longest), "elements of up to " + longest + " bytes would stay in listpacks")));
    }

    private static void addEntries(
            Limit limit,
            List<FamilySample.Key> keys,
            FamilySample.Type type,
            String packed,
            List<EncodingCandidate> candidates) {
        int[] lengths =
                keys.stream().mapToInt(key -> key.elements(type)).sorted().toArray();
        int longest = lengths.length == 0 ? 0 : lengths[lengths.length - 1];
        if (longest > limit.value()) {
            candidates.add(limit.to(
                    powerOfTwo(longest), "collections of up to " + longest + " elements would be " + packed + "s"));
        }
        int[] short0 = Arrays.stream(lengths)
                .filter(length -> length <= limit.value() && length > SHORT_ELEMENTS)
                .toArray();
        if (short0.length > 0) {
            int median = short0[short0.length / 2];
            candidates.add(limit.to(
                    powerOfTwo(median) / 2,
                    packed + "s are walked for each lookup; those of about " + median + " elements would be "
                            + (type == FamilySample.Type.SORTED_SET ? "skip lists" : "hash tables")));
        }
    }

    private static void addNodes(FamilySample sample, Map<String, String> limits, List<EncodingCandidate> candidates) {
        Optional<Limit> size = limit("list-max-listpack-size", limits);
        long longest =
                sample.keys().stream().mapToLong(FamilySample.Key::bytes).max().orElse(0);
        size.filter(limit -> longest > NODE_BYTES_MIN).ifPresent(limit -> {
            int step = NODE_SIZES.indexOf(Long.toString(limit.value()));
            if (step > 0) {
                candidates.add(limit.to(-step, "smaller nodes move fewer bytes for each change"));
            }
            if (step >= 0 && step < NODE_SIZES.size() - 1) {
                candidates.add(limit.to(-step - 2, "larger nodes have less overhead"));
            }
        });
        limit("list-compress-depth", limits)
                .filter(depth -> depth.value() == 0 && longest > 2L * NODES_COMPRESSED_MIN * NODE_BYTES_MIN)
                .ifPresent(depth -> candidates.add(depth.to(1, "all nodes but the first and the last are compressed")));
    }

    private static boolean isOfIntegers(FamilySample sample) {
        return sample.keys().stream().flatMap(key -> key.parts().stream()).allMatch(EncodingCandidate::isInteger);
    }

    private static boolean isInteger(byte[] text) {
        int start = text.length > 0 && text[0] == '-' ? 1 : 0;
        if (text.length == start || text.length - start >= INTEGER_DIGITS_MAX) {
            return false;
        }
        for (int i = start; i < text.length; i++) {
            if (text[i] < '0' || text[i] > '9') {
                return false;
            }
        }
        return true;
    }

    /// The smallest power of two that is not less.
    private static long powerOfTwo(int least) {
        return Math.max(1, Long.highestOneBit(2L * least - 1));
    }
}
