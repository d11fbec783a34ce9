/// Reads what MONITOR prints: from a file, as `redis-cli monitor` or a raw connection wrote it, or live.
///
/// [MonitorCapture] is the door to files, [LiveMonitor] the one to a server. Lines are taken apart in place, and
/// each argument's quoting is undone exactly; a line that is none is counted and told with its number, and reading
/// goes on.
@NullMarked
package io.cachewright.capture.monitor;

import org.jspecify.annotations.NullMarked;
