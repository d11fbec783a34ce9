/// From evidence and profile to verdicts: each [Rule] answers *found*, *healthy*, *not applicable* or *unknown*
/// (with what is missing). Rules are found through the service loader; adding one edits no list. Pure.
@NullMarked
package io.cachewright.optimizer.diagnose;

import org.jspecify.annotations.NullMarked;
