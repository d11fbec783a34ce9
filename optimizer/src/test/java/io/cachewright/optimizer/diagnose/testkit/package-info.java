/// Evidence for tests of rules: [Evidences] starts from what healthy servers really printed and changes what a test is
/// about; every rule `Xxx` has a test `XxxTest` beside it that implements [RuleFixtures], and the contract test runs
/// over all of them.
@NullMarked
package io.cachewright.optimizer.diagnose.testkit;

import org.jspecify.annotations.NullMarked;
