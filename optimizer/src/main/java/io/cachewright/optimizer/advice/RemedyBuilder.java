package io.cachewright.optimizer.advice;

import io.cachewright.optimizer.requirements.Requirements.Objective;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Builds a [Remedy] in the order in which people read one: what to change, why, what it does, what it risks and
/// costs, how it is proved. [#build()] refuses a remedy that leaves one of these out.
public final class RemedyBuilder {

    private final String id;
    private final String title;
    private final List<Change> changes = new ArrayList<>();
    private final List<Effect> expect = new ArrayList<>();
    private final Set<Objective> serves = EnumSet.noneOf(Objective.class);
    private final Set<Objective> harms = EnumSet.noneOf(Objective.class);
    private @Nullable String reason;
    private Remedy.@Nullable Risk risk;
    private @Nullable String cost;
    private @Nullable Experiment experiment;

    private RemedyBuilder(String id, String title) {
        this.id = id;
        this.title = title;
    }

    /// @param id unique within the rule, for example `raise-maxmemory`
    /// @param title an imperative with the new value
    public static RemedyBuilder remedy(String id, String title) {
        return new RemedyBuilder(id, title);
    }

    public RemedyBuilder change(Change... inOrder) {
        changes.addAll(List.of(inOrder));
        return this;
    }

    /// One or two sentences with the observed numbers.
    public RemedyBuilder because(String observedReason) {
        reason = observedReason;
        return this;
    }

    public RemedyBuilder expect(Effect.Metric metric, double low, double expected, double high, String basis) {
        expect.add(new Effect.Relative(metric, low, expected, high, basis));
        return this;
    }

    /// Something bad that can no longer happen, or is noticed when it does.
    public RemedyBuilder protects(String text) {
        expect.add(new Effect.Protection(text));
        return this;
    }

    public RemedyBuilder risk(Remedy.Risk.Level level, String text) {
        risk = new Remedy.Risk(level, text);
        return this;
    }

    public RemedyBuilder costs(String fromPeopleAndMachines) {
        cost = fromPeopleAndMachines;
        return this;
    }

    public RemedyBuilder serves(Objective... objectives) {
        serves.addAll(List.of(objectives));
        return this;
    }

    public RemedyBuilder harms(Objective... objectives) {
        harms.addAll(List.of(objectives));
        return this;
    }

    /// A shadow with the parameters of this remedy's changes, against one without them.
    public RemedyBuilder provedByItsParameters() {
        Map<String, String> candidate = new LinkedHashMap<>();
        for (Change change : changes) {
            if (change instanceof Change.SetParameter set) {
                candidate.put(set.name(), set.newValue());
            }
        }
        return provedBy(new Experiment.Parameters(candidate));
    }

    public RemedyBuilder provedBy(Experiment how) {
        experiment = how;
        return this;
    }

    /// @param why one clause, for example `an alert changes nothing until something fails`
    public RemedyBuilder notProvable(String why) {
        return provedBy(new Experiment.NotProvable(why));
    }

    public Remedy build() {
        return new Remedy(
                id,
                title,
                changes,
                Objects.requireNonNull(reason, () -> "remedy " + id + " has no reason"),
                expect,
                Objects.requireNonNull(risk, () -> "remedy " + id + " names no risk"),
                Objects.requireNonNull(cost, () -> "remedy " + id + " names no cost"),
                serves,
                harms,
                Objects.requireNonNull(experiment, () -> "remedy " + id + " has no experiment"));
    }
}
