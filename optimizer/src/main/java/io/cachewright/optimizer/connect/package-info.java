/// Opens a connection to a target. A [Target] is read from text; a [Connector] makes a [Session] of a live one, or
/// says in one line why it cannot ([TargetUnreachable]). Passwords are [Secret]s: they are asked of a
/// [PasswordSource] and never printed.
///
/// A session asks and waits, each time for a bounded while, over one connection that it opens anew when it was lost.
/// TLS goes through Lettuce; plain TCP and Unix sockets through the lab's own connection, which costs the machine less.
@NullMarked
package io.cachewright.optimizer.connect;

import org.jspecify.annotations.NullMarked;
