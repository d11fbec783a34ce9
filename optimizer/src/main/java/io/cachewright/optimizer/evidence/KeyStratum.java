package io.cachewright.optimizer.evidence;

import java.util.List;

/// The keys of one family in one logical database, as their names tell, with those of them that were looked at.
///
/// Names are cheap and looks are dear, so many names are read, and of each family some keys are drawn by chance: a
/// family of three keys is seen beside one of a million, and each looked-at key stands for [#weight] keys of its own
/// family only.
///
/// @param pattern for example `md:{I}:l2`, see [io.cachewright.domain.keys.KeyGroup#pattern]
/// @param glob the same as a Redis pattern, `md:{*}:l2`
/// @param named keys whose names were read
/// @param estimatedKeys in the database; `named` when all names were read
/// @param margin half of the 95 % interval of `estimatedKeys`; 0 when all names were read
/// @param keys those that were looked at; empty when the look was cut short before
public record KeyStratum(
        int database,
        String pattern,
        String glob,
        long named,
        double estimatedKeys,
        double margin,
        List<SampledKey> keys) {

    public KeyStratum {
        keys = List.copyOf(keys);
    }

    /// How many keys of this family each looked-at key stands for; 0 when none was looked at.
    public double weight() {
        return keys.isEmpty() ? 0 : estimatedKeys / keys.size();
    }
}
