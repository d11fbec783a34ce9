package io.cachewright.capture.command;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// Turns commands into accesses: one for each key of each command, in their order. Commands that failed or that only
/// queued up inside MULTI with a packet capture count when they are sent.
public final class KeyAccesses implements Consumer<CapturedCommand> {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Consumer<? super Access> accesses;

    public KeyAccesses(Consumer<? super Access> accesses) {
        this.accesses = accesses;
    }

    @Override
    public void accept(CapturedCommand command) {
        Arguments arguments = command.arguments();
        CommandSpec spec = CommandTable.lookUp(arguments);
        if (spec == null || isError(command.answer())) {
            return;
        }
        List<KeyUse> keys = spec.keys(arguments);
        for (KeyUse key : keys) {
            accesses.accept(new Access(
                    command.timeNanos(),
                    command.database(),
                    Key.of(arguments, key.argument()),
                    key.access(),
                    valueBytes(command, spec, key, keys.size()),
                    expiry(command, spec, key),
                    outcome(command.answer(), key, keys.size())));
        }
    }

    private static boolean isError(Optional<Answer> answer) {
        return answer.isPresent() && answer.get().type() == ReplyType.ERROR;
    }

    private static OptionalLong valueBytes(CapturedCommand command, CommandSpec spec, KeyUse key, int keys) {
        Arguments arguments = command.arguments();
        return switch (spec.name()) {
            case "SET", "SETNX", "GETSET" -> argument(arguments, 2);
            case "SETEX", "PSETEX" -> argument(arguments, 3);
            case "MSET", "MSETNX", "MSETEX" -> argument(arguments, key.argument() + 1);
            default ->
                switch (key.access()) {
                    case READ -> keys == 1 ? answered(command.answer()) : OptionalLong.empty();
                    case CHANGE, OVERWRITE -> keys == 1 ? added(arguments) : OptionalLong.empty();
                    case DELETE -> OptionalLong.empty();
                };
        };
    }

    private static OptionalLong argument(Arguments arguments, int i) {
        return i < arguments.count() ? OptionalLong.of(arguments.length(i)) : OptionalLong.empty();
    }

    private static OptionalLong answered(Optional<Answer> answer) {
        if (answer.isEmpty()) {
            return OptionalLong.empty();
        }
        return switch (answer.get().type()) {
            case STRING -> OptionalLong.of(answer.get().length());
            case ARRAY, MAP, SET -> OptionalLong.of(answer.get().wireBytes());
            case NULL, STATUS, QUEUED, ERROR, INTEGER, DOUBLE, BOOLEAN, BIG_NUMBER, PUSH -> OptionalLong.empty();
        };
    }

    private static OptionalLong added(Arguments arguments) {
        long bytes = 0;
        for (int i = 2; i < arguments.count(); i++) {
            bytes += arguments.length(i);
        }
        return OptionalLong.of(bytes);
    }

    private static Access.Expiry expiry(CapturedCommand command, CommandSpec spec, KeyUse key) {
        Arguments arguments = command.arguments();
        return switch (spec.name()) {
            case "SETEX", "EXPIRE" -> after(seconds(arguments.number(2, 0)));
            case "PSETEX", "PEXPIRE" -> after(arguments.number(2, 0));
            case "EXPIREAT" -> at(command, seconds(arguments.number(2, 0)));
            case "PEXPIREAT" -> at(command, arguments.number(2, 0));
            case "PERSIST" -> new Access.Expiry.Never();
            case "SET", "GETEX", "MSETEX" -> options(command, spec);
            default -> key.access() == KeyAccess.OVERWRITE ? new Access.Expiry.Never() : new Access.Expiry.Unchanged();
        };
    }

    private static Access.Expiry options(CapturedCommand command, CommandSpec spec) {
        Arguments arguments = command.arguments();
        int from = firstOption(arguments, spec);
        for (int i = from; i < arguments.count(); i++) {
            if (arguments.is(i, "EX")) {
                return after(seconds(arguments.number(i + 1, 0)));
            } else if (arguments.is(i, "PX")) {
                return after(arguments.number(i + 1, 0));
            } else if (arguments.is(i, "EXAT")) {
                return at(command, seconds(arguments.number(i + 1, 0)));
            } else if (arguments.is(i, "PXAT")) {
                return at(command, arguments.number(i + 1, 0));
            } else if (arguments.is(i, "KEEPTTL")) {
                return new Access.Expiry.Unchanged();
            } else if (arguments.is(i, "PERSIST")) {
                return new Access.Expiry.Never();
            }
        }
        return spec.name().equals("GETEX") ? new Access.Expiry.Unchanged() : new Access.Expiry.Never();
    }

    /// Options follow the values: a value may well be the word "EX".
    private static int firstOption(Arguments arguments, CommandSpec spec) {
        return switch (spec.name()) {
            case "SET" -> 3;
            case "MSETEX" -> (int) Math.min(arguments.count(), 2 + 2 * Math.max(0, arguments.number(1, 0)));
            default -> 2;
        };
    }

    private static long seconds(long seconds) {
        return Math.clamp(seconds, Long.MIN_VALUE / 1_000, Long.MAX_VALUE / 1_000) * 1_000;
    }

    private static Access.Expiry after(long millis) {
        return new Access.Expiry.After(millis);
    }

    private static Access.Expiry at(CapturedCommand command, long epochMillis) {
        return new Access.Expiry.After(epochMillis - command.timeNanos() / NANOS_PER_MILLI);
    }

    private static Access.Outcome outcome(Optional<Answer> answer, KeyUse key, int keys) {
        if (answer.isEmpty() || keys != 1 || key.access() != KeyAccess.READ) {
            return Access.Outcome.UNKNOWN;
        }
        return switch (answer.get().type()) {
            case NULL -> Access.Outcome.MISS;
            case ARRAY, MAP, SET -> answer.get().length() == 0 ? Access.Outcome.MISS : Access.Outcome.HIT;
            case STRING -> Access.Outcome.HIT;
            case QUEUED, STATUS, ERROR, INTEGER, DOUBLE, BOOLEAN, BIG_NUMBER, PUSH -> Access.Outcome.UNKNOWN;
        };
    }
}
