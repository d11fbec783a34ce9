/// Rules about security: who can reach the server, who may do what, who was refused, and whether the version still
/// gets fixes. Severity follows reach: what only this machine can reach is worth knowing, not an alarm.
@NullMarked
package io.cachewright.optimizer.rules.security;

import org.jspecify.annotations.NullMarked;
