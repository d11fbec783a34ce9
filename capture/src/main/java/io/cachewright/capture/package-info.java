/// Reads command captures and says what their clients do, and what is wrong with it.
///
/// [Captures] opens a file of any kind; what comes out is a stream of
/// [io.cachewright.capture.command.CapturedCommand]. From there:
///
/// | Package | Holds |
/// |---|---|
/// | `command` | the words: commands, arguments, answers, which arguments are keys, accesses to keys |
/// | `monitor` | the output of MONITOR, from a file or live |
/// | `packet` | packet captures, with the time each command took on the wire |
/// | `behaviour` | hot keys and families, skew, bursts, mix: one streaming pass |
/// | `antipattern` | detectors of what goes wrong, each with the sequence it saw and what that costs |
@NullMarked
package io.cachewright.capture;

import org.jspecify.annotations.NullMarked;
