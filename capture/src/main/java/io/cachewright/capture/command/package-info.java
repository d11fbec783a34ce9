/// The words of a capture: one [CapturedCommand] is what one client asked, when, and what is known of the answer.
///
/// A [Capture] hands them over one by one, in bounded memory, whatever the size of its source. [CommandTable] knows
/// of each command which of its arguments are keys and what is done to them; [KeyAccesses] turns commands into
/// accesses to keys. Readers of captures build [Arguments]; all else only reads them.
@NullMarked
package io.cachewright.capture.command;

import org.jspecify.annotations.NullMarked;
