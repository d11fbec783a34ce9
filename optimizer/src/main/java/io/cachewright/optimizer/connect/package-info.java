/// Opens a connection to a target. A [Target] is read from text; a [Connector] makes a [Session] of a live one, or
/// says in one line why it cannot ([TargetUnreachable]). Passwords are [Secret]s: they are asked of a
/// [PasswordSource] and never printed.
///
/// A session asks and waits, each time for a bounded while, over one connection that it opens anew when it was lost.
/// TCP and TLS go through Lettuce; a Unix socket through the JDK, so that no native library is needed.
@NullMarked
package io.cachewright.optimizer.connect;

import org.jspecify.annotations.NullMarked;
