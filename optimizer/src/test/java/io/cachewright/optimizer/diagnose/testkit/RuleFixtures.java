package io.cachewright.optimizer.diagnose.testkit;

import io.cachewright.optimizer.diagnose.Rule;
import java.lang.reflect.Constructor;
import java.util.List;

/// What every rule's test class gives to the contract test, which finds it by its name: `MaxmemoryUnset` is tested by
/// `MaxmemoryUnsetTest` in the same package, which has a constructor without parameters.
public interface RuleFixtures {

    /// A deployment in which the rule finds something, with every need of the rule met.
    Evidences fires();

    /// A deployment in which the rule is checked and healthy, or does not apply.
    Evidences silent();

    /// More deployments in which it fires, for example one per remedy.
    default List<Evidences> firesToo() {
        return List.of();
    }

    /// The fixtures of a rule, from the test beside it.
    static RuleFixtures of(Rule rule) {
        String name = rule.getClass().getName() + "Test";
        try {
            Constructor<?> constructor = Class.forName(name).getDeclaredConstructor();
            constructor.setAccessible(true);
            return (RuleFixtures) constructor.newInstance();
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new AssertionError("rule " + rule.card().id() + " needs a test " + name + " with RuleFixtures", e);
        }
    }
}
