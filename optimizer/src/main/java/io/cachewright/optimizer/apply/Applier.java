package io.cachewright.optimizer.apply;

import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Change.Restart;
import io.cachewright.optimizer.advice.ParameterValue;
import io.cachewright.optimizer.apply.ChangeRecord.Entry;
import io.cachewright.optimizer.apply.ChangeRecord.Kind;
import io.cachewright.optimizer.apply.ChangeRecord.State;
import io.cachewright.optimizer.evidence.ServerConfig;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Makes changes on servers, checks that they took, and takes them back.
public final class Applier {

    private final InstantSource clock;

    public Applier(InstantSource clock) {
        this.clock = clock;
    }

    /// Whether this can be done without people: a parameter or an ACL rule that takes effect at once.
    public static boolean isAutomatic(Change change) {
        return switch (change) {
            case Change.SetParameter set ->
                set.restart() != Restart.NEEDED && !set.oldValue().equals(ServerConfig.REDACTED);
            case Change.SetAcl _ -> true;
            case Change.SetHost _,
                    Change.SetTimeToLive _,
                    Change.Remodel _,
                    Change.ChangeClient _,
                    Change.ChangeTopology _ -> false;
        };
    }

    /* In this order, so that at any moment the file tells how to get back:
     * read every old value and compare it with the plan's; write the record; change and verify one by one; mark the
     * record applied. What fails takes back what was done. */

    /// Makes `changes` in their order.
    ///
    /// @param stores the server of an address
    /// @param file where the record goes; must not exist
    /// @throws ChangeRefused when a change cannot be made here or a value is not the old one; nothing was touched
    /// @throws ChangeFailed when a server refused; everything was put back, or it says what was not
    public ChangeRecord apply(List<Change> changes, Function<String, ParameterStore> stores, Path file) {
        List<Entry> entries = entries(changes, stores);
        ChangeRecord record = ChangeRecord.of(clock.instant(), State.STARTED, entries);
        record.create(file);
        List<Entry> made = new ArrayList<>();
        for (Entry entry : entries) {
            try {
                made.add(entry);
                made.set(made.size() - 1, entry.reading(make(entry, stores.apply(entry.node()))));
            } catch (RuntimeException failure) {
                List<String> left = putBack(made, stores);
                if (left.isEmpty()) {
                    record.in(State.ROLLED_BACK).replace(file);
                }
                throw new ChangeFailed(subject(entry) + ": " + failure.getMessage(), left, failure);
            }
        }
        ChangeRecord applied = ChangeRecord.of(record.appliedAt(), State.APPLIED, made);
        applied.replace(file);
        return applied;
    }

    /// Puts back everything that the record in `file` names, last change first.
    ///
    /// @throws ChangeRefused when a value is neither the new one nor already the old one; nothing was touched
    /// @throws ChangeFailed when a server refused; it says what could not be put back
    public ChangeRecord undo(Path file, Function<String, ParameterStore> stores) {
        ChangeRecord record = ChangeRecord.read(file);
        List<String> drift = record.entries().stream()
                .flatMap(entry -> driftSince(entry, stores.apply(entry.node())).stream())
                .toList();
        if (!drift.isEmpty()) {
            throw new ChangeRefused(drift);
        }
        List<String> left = putBack(record.entries(), stores);
        if (!left.isEmpty()) {
            throw new ChangeFailed("undo is not complete", left, new IllegalStateException(left.getFirst()));
        }
        ChangeRecord undone = record.in(State.UNDONE);
        undone.replace(file);
        return undone;
    }

    private static List<Entry> entries(List<Change> changes, Function<String, ParameterStore> stores) {
        List<Entry> entries = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (Change change : new LinkedHashSet<>(changes)) {
            switch (change) {
                case Change.SetParameter set
                when isAutomatic(set) ->
                    parameter(set, stores.apply(set.node()), problems).ifPresent(entries::add);
                case Change.SetParameter set
                when set.restart() == Restart.NEEDED -> problems.add(set.subject() + " needs a restart");
                case Change.SetParameter set -> problems.add(set.subject() + " holds a secret, which is not kept");
                case Change.SetAcl acl ->
                    acl(acl, stores.apply(acl.node()), problems).ifPresent(entry -> addOrJoin(entry, entries));
                case Change.SetHost _,
                        Change.SetTimeToLive _,
                        Change.Remodel _,
                        Change.ChangeClient _,
                        Change.ChangeTopology _ -> problems.add(change.subject() + " is changed by people");
            }
        }
        if (!problems.isEmpty()) {
            throw new ChangeRefused(problems);
        }
        return entries;
    }

    /// All rules for one user are one step: what was before them is what undo goes back to, and not what was between.
    private static void addOrJoin(Entry acl, List<Entry> entries) {
        for (int i = 0; i < entries.size(); i++) {
            Entry earlier = entries.get(i);
            if (earlier.kind() == Kind.ACL
                    && earlier.node().equals(acl.node())
                    && earlier.name().equals(acl.name())) {
                String rules = earlier.newValue() + " " + acl.newValue();
                entries.set(i, new Entry(acl.node(), Kind.ACL, acl.name(), earlier.oldValue(), rules, ""));
                return;
            }
        }
        entries.add(acl);
    }

    /// Empty when the server has the new value already, or when there is a problem.
    private static Optional<Entry> parameter(Change.SetParameter set, ParameterStore store, List<String> problems) {
        Optional<String> now = store.parameter(set.name());
        if (now.isEmpty()) {
            problems.add(set.node() + " has no parameter " + set.name());
            return Optional.empty();
        }
        if (ParameterValue.areEqual(set.name(), set.newValue(), now.get())) {
            return Optional.empty();
        }
        if (!ParameterValue.areEqual(set.name(), set.oldValue(), now.get())) {
            problems.add(set.subject() + " is " + now.get() + " and no longer " + set.oldValue()
                    + ", for which this was advised");
            return Optional.empty();
        }
        return Optional.of(new Entry(set.node(), Kind.PARAMETER, set.name(), now.get(), set.newValue(), ""));
    }

    private static Optional<Entry> acl(Change.SetAcl acl, ParameterStore store, List<String> problems) {
        if (store.user().equals(acl.user())) {
            problems.add(
                    acl.subject() + " would change the rights of the user who has to be able to undo it; connect as"
                            + " another one");
            return Optional.empty();
        }
        Optional<String> rules = store.aclRules(acl.user());
        if (rules.isEmpty()) {
            problems.add("there is no ACL user " + acl.user() + " at " + acl.node());
        }
        return rules.map(before -> new Entry(acl.node(), Kind.ACL, acl.user(), before, acl.rule(), ""));
    }

    /// What the server prints afterwards.
    private static String make(Entry entry, ParameterStore store) {
        return switch (entry.kind()) {
            case PARAMETER -> setAndVerify(entry.name(), entry.newValue(), store);
            case ACL -> {
                store.addAclRules(entry.name(), words(entry.newValue()));
                yield store.aclRules(entry.name()).orElse("gone");
            }
        };
    }

    private static String setAndVerify(String name, String value, ParameterStore store) {
        store.setParameter(name, value);
        String now = store.parameter(name).orElse("gone");
        if (!ParameterValue.areEqual(name, value, now)) {
            throw new IllegalStateException("was set to " + value + " and reads " + now);
        }
        return now;
    }

    /// What could not be put back, and why.
    private static List<String> putBack(List<Entry> made, Function<String, ParameterStore> stores) {
        List<String> left = new ArrayList<>();
        for (Entry entry : made.reversed()) {
            try {
                putBack(entry, stores.apply(entry.node()));
            } catch (RuntimeException failure) {
                left.add(subject(entry) + " (was " + entry.oldValue() + "): " + failure.getMessage());
            }
        }
        return left;
    }

    private static void putBack(Entry entry, ParameterStore store) {
        switch (entry.kind()) {
            case PARAMETER -> {
                if (!store.parameter(entry.name()).equals(Optional.of(entry.oldValue()))) {
                    setAndVerify(entry.name(), entry.oldValue(), store);
                }
            }
            case ACL -> {
                if (!store.aclRules(entry.name()).equals(Optional.of(entry.oldValue()))) {
                    store.addAclRules(entry.name(), fromNothingTo(entry.oldValue()));
                    String now = store.aclRules(entry.name()).orElse("gone");
                    if (!now.equals(entry.oldValue())) {
                        throw new IllegalStateException("reads " + now);
                    }
                }
            }
        }
    }

    /// Rules that leave a user with exactly `rules`, whatever it has now; its passwords are not touched.
    private static List<String> fromNothingTo(String rules) {
        List<String> all = new ArrayList<>(List.of("resetkeys", "resetchannels", "-@all"));
        if (rules.contains("(")) {
            all.add("clearselectors");
        }
        all.addAll(words(rules));
        return all;
    }

    private static List<String> words(String rules) {
        return Arrays.stream(rules.strip().split("\\s+")).toList();
    }

    private static Optional<String> driftSince(Entry entry, ParameterStore store) {
        Optional<String> printed = switch (entry.kind()) {
            case PARAMETER -> store.parameter(entry.name());
            case ACL -> store.aclRules(entry.name());
        };
        String now = printed.orElse("gone");
        boolean wasSet = entry.after().isEmpty()
                ? entry.kind() == Kind.ACL || ParameterValue.areEqual(entry.name(), entry.newValue(), now)
                : now.equals(entry.after());
        return wasSet || now.equals(entry.oldValue())
                ? Optional.empty()
                : Optional.of(subject(entry) + " is " + now + ", which is neither what was set nor what was before");
    }

    private static String subject(Entry entry) {
        return entry.node() + " " + entry.name();
    }
}
