package io.cachewright.domain;

import java.util.Optional;
import java.util.function.Function;

/// A value that was read, or the reason why it could not be.
///
/// "Not permitted", "this version has none" and "zero" are three different things; advice depends on which.
public sealed interface Reading<T> {

    /// Why a value is unavailable.
    enum Cause {
        /// The user of this connection may not run the command.
        NOT_PERMITTED,
        /// This engine or version has no such command, section or field.
        NOT_IN_THIS_VERSION,
        /// It was left out: over the probe budget, not asked for, or the circuit breaker stopped collection.
        NOT_COLLECTED,
        /// It was tried and failed: a timeout, a broken link, a reply that could not be understood.
        FAILED
    }

    /// A value that was read.
    record Known<T>(T value) implements Reading<T> {}

    /// No value, and why: `reason` is one clause for people, for example `"CONFIG is not permitted for this user"`.
    record Unavailable<T>(Cause cause, String reason) implements Reading<T> {}

    static <T> Reading<T> known(T value) {
        return new Known<>(value);
    }

    static <T> Reading<T> unavailable(Cause cause, String reason) {
        return new Unavailable<>(cause, reason);
    }

    default boolean isKnown() {
        return this instanceof Known<T>;
    }

    default Optional<T> toOptional() {
        return switch (this) {
            case Known<T>(T value) -> Optional.of(value);
            case Unavailable<T> _ -> Optional.empty();
        };
    }

    /// The value, or `fallback` where the caller has a sound default; never use it to turn "unknown" into zero.
    default T orElse(T fallback) {
        return switch (this) {
            case Known<T>(T value) -> value;
            case Unavailable<T> _ -> fallback;
        };
    }

    default <R> Reading<R> map(Function<? super T, ? extends R> function) {
        return switch (this) {
            case Known<T>(T value) -> new Known<>(function.apply(value));
            case Unavailable<T>(Cause cause, String reason) -> new Unavailable<>(cause, reason);
        };
    }

    default <R> Reading<R> flatMap(Function<? super T, Reading<R>> function) {
        return switch (this) {
            case Known<T>(T value) -> function.apply(value);
            case Unavailable<T>(Cause cause, String reason) -> new Unavailable<>(cause, reason);
        };
    }

    /// The reason why there is no value; empty when there is one.
    default Optional<String> missing() {
        return switch (this) {
            case Known<T> _ -> Optional.empty();
            case Unavailable<T>(Cause _, String reason) -> Optional.of(reason);
        };
    }
}
