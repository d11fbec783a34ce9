/// Loads and how they are driven: a [Workload] says which command is due when; a load generator sends each one when
/// it is due, whatever the server does, and counts latency from that moment.
@NullMarked
package io.cachewright.lab.load;

import org.jspecify.annotations.NullMarked;
