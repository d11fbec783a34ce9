package io.cachewright.optimizer.recommend;

import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Practice;
import io.cachewright.optimizer.advice.Remedy;
import java.util.Optional;
import java.util.Set;

/// When two remedies cannot both be carried out, or undo each other's purpose.
final class Opposition {

    /// Two ways of writing the same book: whoever does one does not do the other. Other practices of one family add up.
    private static final Set<Practice> WAYS_OF_WRITING_A_BOOK = Set.of(Practice.BOOK_DELTAS, Practice.ATOMIC_SWAP);

    private Opposition() {}

    /// The subject that both change to different outcomes; empty when there is none.
    static Optional<String> contested(Remedy one, Remedy other) {
        return one.changes().stream()
                .filter(change -> other.changes().stream().anyMatch(against -> areContrary(change, against)))
                .map(Change::subject)
                .findFirst();
    }

    /// Whether each harms what the other is for.
    static boolean areOpposed(Remedy one, Remedy other) {
        return one.serves().stream().anyMatch(other.harms()::contains)
                && other.serves().stream().anyMatch(one.harms()::contains);
    }

    private static boolean areContrary(Change one, Change other) {
        if (!one.subject().equals(other.subject()) || one.outcome().equals(other.outcome())) {
            return false;
        }
        return !(one instanceof Change.Remodel a && other instanceof Change.Remodel b)
                || (WAYS_OF_WRITING_A_BOOK.contains(a.practice()) && WAYS_OF_WRITING_A_BOOK.contains(b.practice()));
    }
}
