package io.cachewright.optimizer.diagnose;

import io.cachewright.domain.Durations;
import io.cachewright.domain.Reading;
import io.cachewright.domain.ServerVersion;
import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.evidence.ClientConnection;
import io.cachewright.optimizer.evidence.Evidence;
import io.cachewright.optimizer.evidence.HostFacts;
import io.cachewright.optimizer.evidence.InfoSnapshot;
import io.cachewright.optimizer.evidence.InfoWindow;
import io.cachewright.optimizer.evidence.KeyspaceSample;
import io.cachewright.optimizer.evidence.NodeEvidence;
import io.cachewright.optimizer.evidence.ServerConfig;
import io.cachewright.optimizer.profile.KeyFamily;
import io.cachewright.optimizer.profile.WorkloadProfile;
import io.cachewright.optimizer.requirements.Requirements;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What a rule judges: one node with the evidence of the whole deployment, its profile and the requirements.
///
/// The accessors without `Optional` throw [EvidenceMissing] where the value is unavailable, so that a rule reads as
/// straight arithmetic and still never takes "not permitted" for zero.
public final class Situation {

    private final Evidence evidence;
    private final NodeEvidence node;
    private final WorkloadProfile profile;
    private final Requirements requirements;
    private boolean hasToldRequirements;

    public Situation(Evidence evidence, NodeEvidence node, WorkloadProfile profile, Requirements requirements) {
        this.evidence = evidence;
        this.node = node;
        this.profile = profile;
        this.requirements = requirements;
    }

    public Evidence evidence() {
        return evidence;
    }

    public NodeEvidence node() {
        return node;
    }

    public WorkloadProfile profile() {
        return profile;
    }

    public Requirements requirements() {
        hasToldRequirements = true;
        return requirements;
    }

    /// Whether the requirements were looked at; a verdict without them holds under all.
    boolean hasToldRequirements() {
        return hasToldRequirements;
    }

    public ServerVersion version() {
        return known(node.version());
    }

    public InfoWindow window() {
        return known(node.info());
    }

    /// INFO at the end of the window.
    public InfoSnapshot info() {
        return window().last();
    }

    /// A field of INFO as a whole number, at the end of the window.
    public long number(String field) {
        return known(info().number(field));
    }

    /// A field of INFO as a decimal number.
    public double decimal(String field) {
        return known(info().decimal(field));
    }

    /// A field of INFO as text.
    public String text(String field) {
        return known(info().text(field));
    }

    /// Growth of a counter over the window.
    public long growth(String counter) {
        return known(window().growth(counter));
    }

    /// Growth of a counter a second over the window.
    public double rate(String counter) {
        return known(window().rate(counter));
    }

    public ServerConfig config() {
        return known(node.config());
    }

    /// A parameter as text.
    public String parameter(String name) {
        return known(config().text(name));
    }

    /// A parameter as a number (of bytes).
    public long parameterNumber(String name) {
        return known(config().number(name));
    }

    public List<ClientConnection> clients() {
        return known(node.clients());
    }

    public KeyspaceSample keyspace() {
        return known(node.keyspace());
    }

    public HostFacts host() {
        return known(node.host());
    }

    /// Key families of the profile, largest first.
    public List<KeyFamily> families() {
        return known(profile.families());
    }

    /// A field of INFO that not every version prints.
    public Optional<Long> optionalNumber(String field) {
        return info().number(field).toOptional();
    }

    /// Growth of a counter that not every version has; empty too when there is no window.
    public Optional<Long> optionalGrowth(String counter) {
        return window().growth(counter).toOptional();
    }

    /// A parameter that not every version has, or that CONFIG may not show.
    public Optional<String> optionalParameter(String name) {
        return node.config().flatMap(config -> config.text(name)).toOptional();
    }

    /// A fact of the machine, where the server runs on this one.
    public <T> Optional<T> hostFact(Function<HostFacts, Reading<T>> fact) {
        return node.host().flatMap(fact).toOptional();
    }

    /// The length of the window, `60 s window`, as a source of observations.
    public String windowSource() {
        return Durations.format(window().length().truncatedTo(ChronoUnit.SECONDS)) + " window";
    }

    /// A finding of this rule about this node.
    public FindingBuilder finding(RuleCard card, Severity severity) {
        return new FindingBuilder(card, severity, node.address());
    }

    /// A change of a parameter of this node that takes effect at once; the old value is what CONFIG GET printed.
    public Change.SetParameter set(String name, String newValue) {
        return set(name, newValue, Change.Restart.NOT_NEEDED);
    }

    /// A change of a parameter of this node.
    public Change.SetParameter set(String name, String newValue, Change.Restart restart) {
        return new Change.SetParameter(node.address(), name, parameter(name), newValue, restart);
    }

    /// The value, or *unknown* with its reason.
    public static <T> T known(Reading<T> reading) {
        return switch (reading) {
            case Reading.Known<T>(T value) -> value;
            case Reading.Unavailable<T>(Reading.Cause _, String reason) -> throw new EvidenceMissing(reason);
        };
    }
}
