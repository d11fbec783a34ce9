package io.cachewright.optimizer.collect;

import io.cachewright.lab.wire.Reply;
import io.cachewright.optimizer.evidence.ProbeCost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Books what each probe cost and says when the budget of a [CollectionPlan] is used up.
final class ProbeLedger {

    private final CollectionPlan plan;
    private final long startNanos = System.nanoTime();
    private final List<ProbeCost> costs = new ArrayList<>();
    private long commands;
    private long bytes;

    ProbeLedger(CollectionPlan plan) {
        this.plan = plan;
    }

    CollectionPlan plan() {
        return plan;
    }

    /// Why nothing further may be asked; empty while there is budget for `further` commands.
    Optional<String> exhausted(int further) {
        if (commands + further > plan.commandsMax()) {
            return Optional.of("the budget of " + plan.commandsMax() + " commands is used up");
        }
        if (bytes >= plan.bytesMax()) {
            return Optional.of("the budget of " + plan.bytesMax() + " reply bytes is used up");
        }
        if (System.nanoTime() - startNanos > plan.elapsedMax().toNanos()) {
            return Optional.of("the time budget of " + plan.elapsedMax().toMillis() + " ms is used up");
        }
        return Optional.empty();
    }

    /// Until the time budget is used up; at least 0.
    long nanosLeft() {
        return Math.max(0, plan.elapsedMax().toNanos() - (System.nanoTime() - startNanos));
    }

    void count(int sent, List<Reply> replies) {
        commands += sent;
        replies.forEach(reply -> bytes += bytesOf(reply));
    }

    /// Commands sent so far, to all nodes.
    long commands() {
        return commands;
    }

    void book(String node, String probe, ProbeCost.Tier tier, long calls, Duration elapsed, String outcome) {
        costs.add(new ProbeCost(node, probe, tier, calls, elapsed, outcome));
    }

    List<ProbeCost> costs() {
        return List.copyOf(costs);
    }

    private static long bytesOf(Reply reply) {
        return switch (reply) {
            case Reply.Bulk(byte[] content) -> content.length;
            case Reply.Array(List<Reply> elements) ->
                elements.stream().mapToLong(ProbeLedger::bytesOf).sum();
            case Reply.Simple(String text) -> text.length();
            case Reply.Error(String message) -> message.length();
            // Numbers and RESP3 replies, which are not asked for: the size of a number.
            case Reply.Int _,
                    Reply.Null _,
                    Reply.Map _,
                    Reply.Set _,
                    Reply.Decimal _,
                    Reply.Bool _,
                    Reply.BigNumber _,
                    Reply.Verbatim _,
                    Reply.Push _ -> Long.BYTES;
        };
    }
}
