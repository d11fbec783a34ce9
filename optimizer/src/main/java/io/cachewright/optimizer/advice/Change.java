package io.cachewright.optimizer.advice;

import java.time.Duration;
import java.util.Optional;

/// One reversible step. The steps that Cachewright can carry out itself are [SetParameter] and [SetAcl]; the others are
/// carried out by people, with exact instructions.
public sealed interface Change {

    /// A server parameter.
    ///
    /// @param node address of the server
    /// @param oldValue as CONFIG GET printed it
    /// @param newValue as CONFIG SET and `redis.conf` take it
    record SetParameter(String node, String name, String oldValue, String newValue, Restart restart)
            implements Change {}

    /// A rule of an ACL user, for example `-@dangerous`.
    ///
    /// @param rule what ACL SETUSER is given
    /// @param undoRule what puts the old state back
    record SetAcl(String node, String user, String rule, String undoRule) implements Change {}

    /// A kernel or machine setting.
    record SetHost(String setting, String oldValue, String newValue, String command, String undoCommand)
            implements Change {}

    /// The lifetime of a key family, set by its writers.
    ///
    /// @param family pattern of the family
    /// @param oldTimeToLive empty when its keys never expire
    /// @param jitterShare how far lifetimes are spread around `newTimeToLive`, 0 to 1
    record SetTimeToLive(String family, Optional<Duration> oldTimeToLive, Duration newTimeToLive, double jitterShare)
            implements Change {}

    /// Another data model for a key family.
    ///
    /// @param practice names the code that carries it out, in four languages
    /// @param from what is stored today, for example `string, 64 KB of JSON, rewritten whole`
    record Remodel(String family, String from, String to, Practice practice) implements Change {}

    /// Another way of calling the server.
    record ChangeClient(Practice practice, String from, String to) implements Change {}

    /// Another arrangement of servers, for example a second instance for orders and risk.
    record ChangeTopology(String subject, String from, String to, String migration, String undo) implements Change {}

    /// Whether a parameter takes effect at once.
    enum Restart {
        /// CONFIG SET is enough.
        NOT_NEEDED,
        /// CONFIG SET works, but only new connections or new keys see it.
        NOT_NEEDED_FOR_NEW,
        /// Only at start.
        NEEDED
    }

    /// What is changed; two changes of one subject with different outcomes conflict.
    default String subject() {
        return switch (this) {
            case SetParameter change -> change.node() + " " + change.name();
            case SetAcl change -> change.node() + " acl " + change.user() + " " + change.rule();
            case SetHost change -> "host " + change.setting();
            case SetTimeToLive change -> "ttl " + change.family();
            case Remodel change -> "model " + change.family();
            case ChangeClient change -> "client " + change.practice();
            case ChangeTopology change -> "topology " + change.subject();
        };
    }

    /// What it becomes, comparable between changes of one subject.
    default String outcome() {
        return switch (this) {
            case SetParameter change -> change.newValue();
            case SetAcl change -> change.rule();
            case SetHost change -> change.newValue();
            case SetTimeToLive change -> change.newTimeToLive() + " ± " + change.jitterShare();
            case Remodel change -> change.practice().name();
            case ChangeClient change -> change.practice().name();
            case ChangeTopology change -> change.to();
        };
    }
}
