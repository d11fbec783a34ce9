package io.cachewright.runtime;

import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.protocol.AsyncCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What a link says to its server, in the order that its proofs rest on. Answers are handled on the connection's event
/// loop, in the order in which they come: callbacks are attached before anything is sent.
final class LinkRequests {

    private LinkRequests() {}

    /// What the answer to a heartbeat is worth.
    enum Beat {
        PROVES,
        /// It is an error, or the node does not own what it was asked for.
        PROVES_NOTHING,
        /// The server is no primary any more.
        WRONG_SERVER
    }

    /// Switches tracking on and reads behind it what was logged while there was no link; then `done` hears why the
    /// link may not be used, or nothing.
    static void arm(
            StatefulRedisConnection<String, byte[]> on,
            LinkSettings settings,
            CatchUp catchUp,
            Consumer<Optional<Throwable>> done) {
        AsyncCommand<String, byte[], String> tracking = Commands.tracking(settings.tracking(), settings.prefixes());
        AsyncCommand<String, byte[], List<Object>> last = Primary.ask();
        last.onComplete((BiConsumer<? super List<Object>, Throwable>) (hello, failure) -> {
            if (failure != null) {
                done.accept(Optional.of(failure));
            } else if (tracking.isCompletedExceptionally()) {
                done.accept(Optional.of(tracking.exceptionNow()));
            } else {
                done.accept(Primary.refusal(hello).map(Throwable.class::cast));
            }
        });
        List<AsyncCommand<String, byte[], ?>> commands = new ArrayList<>(List.of(tracking));
        commands.addAll(catchUp.commands());
        commands.add(last);
        Primary.dispatch(on, commands);
    }

    /// Reads fields of a hash, and how long it lives. `done` hears the answer or why there is none.
    static void readFields(
            StatefulRedisConnection<String, byte[]> on,
            FieldsRead read,
            Tracking tracking,
            BiConsumer<FieldsRead.@Nullable Arrival, @Nullable Throwable> done) {
        AsyncCommand<String, byte[], List<byte @Nullable []>> values = Commands.hmget(read.key(), read.fields());
        AsyncCommand<String, byte[], Long> ttl = Commands.pttl(read.key());
        ttl.onComplete((BiConsumer<? super Long, Throwable>) (millis, failure) -> {
            if (failure != null) {
                done.accept(null, failure);
            } else if (values.isCompletedExceptionally()) {
                done.accept(null, values.exceptionNow());
            } else {
                done.accept(new FieldsRead.Arrival(values.join(), millis), null);
            }
        });
        Primary.dispatch(
                on,
                switch (tracking) {
                    case BROADCAST -> List.of(values, ttl);
                    case OPT_IN -> List.of(Commands.caching(), values, ttl);
                });
    }

    /// Asks the server whether it still is a primary and, in a cluster, still owns the key `probe`.
    /// `before` goes ahead.
    static void beat(
            StatefulRedisConnection<String, byte[]> on,
            @Nullable String probe,
            List<AsyncCommand<String, byte[], ?>> before,
            Consumer<Beat> done) {
        AsyncCommand<String, byte[], String> owns = probe == null ? null : Commands.watch(probe);
        AsyncCommand<String, byte[], List<Object>> hello = Primary.ask();
        hello.onComplete((BiConsumer<? super List<Object>, Throwable>) (answer, failure) -> {
            if (failure == null && Primary.refusal(answer).isPresent()) {
                done.accept(Beat.WRONG_SERVER);
            } else if (failure != null || (owns != null && owns.isCompletedExceptionally())) {
                done.accept(Beat.PROVES_NOTHING);
            } else {
                done.accept(Beat.PROVES);
            }
        });
        List<AsyncCommand<String, byte[], ?>> commands = new ArrayList<>(before);
        if (owns != null) {
            commands.add(owns);
        }
        commands.add(hello);
        Primary.dispatch(on, commands);
    }
}
