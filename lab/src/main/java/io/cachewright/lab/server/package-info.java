/// Real servers on this machine. [ServerBinaries] finds a [ServerBinary] (the embedded Redis 7.0 is always there on
/// Linux and macOS), [ServerSettings] says how to run it, [RedisServer#start] runs it in a private directory.
///
/// Whatever happens to this program, also `kill -9`, a server started here is gone moments later, with its
/// directory. Servers listen on the loopback interface or a Unix socket only.
@NullMarked
package io.cachewright.lab.server;

import org.jspecify.annotations.NullMarked;
