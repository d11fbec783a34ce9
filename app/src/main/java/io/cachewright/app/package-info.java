/// The command line. Commands are thin: they parse, call the optimizer, render. Results go to standard output,
/// narration to standard error, and the exit status comes from [ExitStatus].
///
/// Start at [Main]; each verb is one class named after it.
@NullMarked
package io.cachewright.app;

import org.jspecify.annotations.NullMarked;
