package io.cachewright.spring;

import io.cachewright.domain.InvalidInput;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.annotation.Order;

/// Shows the mistakes of properties and policy files as Spring Boot shows others: one below the other, without the
/// beans that could not be made for them.
@Order(0)
final class MistakesAnalyzer extends AbstractFailureAnalyzer<InvalidInput> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidInput cause) {
        return new FailureAnalysis(
                cause.source() + ": \n\n    " + String.join("\n    ", cause.problems()),
                "Mend the properties under cachewright, or the policy file that cachewright.policy names.",
                cause);
    }
}
