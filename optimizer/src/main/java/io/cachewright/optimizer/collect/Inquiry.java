package io.cachewright.optimizer.collect;

import io.cachewright.domain.Reading;
import io.cachewright.domain.Reading.Cause;
import io.cachewright.lab.wire.Command;
import io.cachewright.lab.wire.Reply;
import io.cachewright.optimizer.connect.ConnectionLost;
import io.cachewright.optimizer.connect.Session;
import io.cachewright.optimizer.evidence.ProbeCost.Tier;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Asks one server questions within the plan and books each one. Whatever goes wrong with a question becomes an
/// unavailable reading, so that the next one is asked all the same.
record Inquiry(Session session, String node, ProbeLedger ledger) {

    static Inquiry of(Session session, ProbeLedger ledger) {
        return new Inquiry(session, session.address().toString(), ledger);
    }

    /// Turns a reply into a value. May throw for a reply that it cannot read.
    @FunctionalInterface
    interface Reader<T> {
        T read(Reply reply);
    }

    /// Asks `words` once and books it under `probe`.
    <T> Reading<T> ask(Tier tier, String probe, Reader<T> reader, String... words) {
        long start = System.nanoTime();
        Reading<T> answer = askUnbooked(tier, probe, reader, words);
        book(tier, probe, answer, start);
        return answer;
    }

    <T> Reading<T> askUnbooked(Tier tier, String probe, Reader<T> reader, String... words) {
        Optional<String> obstacle = obstacle(tier, 1);
        if (obstacle.isPresent()) {
            return Reading.unavailable(Cause.NOT_COLLECTED, obstacle.get());
        }
        try {
            Reply reply = send(List.of(Command.of(words))).getFirst();
            return reply instanceof Reply.Error(String message)
                    ? Refusal.of(probe, message)
                    : read(probe, reader, reply);
        } catch (ConnectionLost lost) {
            return Reading.unavailable(Cause.FAILED, probe + " failed: " + lost.clause());
        }
    }

    /// Sends without asking the plan; the caller has.
    ///
    /// @throws ConnectionLost when the replies do not come
    List<Reply> send(List<Command> commands) {
        List<Reply> replies = session.exchange(commands);
        ledger.count(commands.size(), replies);
        return replies;
    }

    /// Why `further` commands of that tier may not be sent.
    Optional<String> obstacle(Tier tier, int further) {
        return ledger.plan().allows(tier)
                ? ledger.exhausted(further)
                : Optional.of("the plan leaves out probes of the tier "
                        + tier.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '));
    }

    static <A, B> Reading<B> read(String probe, Function<? super A, ? extends B> reader, A reply) {
        try {
            return Reading.known(reader.apply(reply));
        } catch (RuntimeException e) {
            return Reading.unavailable(Cause.FAILED, "the reply to " + probe + " could not be read");
        }
    }

    private static <T> Reading<T> read(String probe, Reader<T> reader, Reply reply) {
        return Inquiry.<Reply, T>read(probe, reader::read, reply);
    }

    private void book(Tier tier, String probe, Reading<?> answer, long startNanos) {
        boolean isSent =
                !(answer instanceof Reading.Unavailable<?>(Cause cause, String _) && cause == Cause.NOT_COLLECTED);
        ledger.book(
                node,
                probe,
                tier,
                isSent ? 1 : 0,
                Duration.ofNanos(System.nanoTime() - startNanos),
                answer.missing().orElse("ran"));
    }
}
