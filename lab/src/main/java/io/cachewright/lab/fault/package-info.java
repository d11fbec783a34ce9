/// Faults of networks, made on this machine and on purpose.
///
/// [FaultProxy] stands between clients and a server on loopback and breaks what passes through: delay, cut with a
/// reset, hole (nothing passes, nobody is told), a hole one way only, throttle. No privileges are needed.
@NullMarked
package io.cachewright.lab.fault;

import org.jspecify.annotations.NullMarked;
