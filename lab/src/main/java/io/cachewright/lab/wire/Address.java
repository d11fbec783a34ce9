package io.cachewright.lab.wire;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

/// Where a server listens.
public sealed interface Address {

    /// A TCP port of a host.
    record Tcp(String host, int port) implements Address {

        public Tcp {
            if (port < 1 || port > 65_535) {
                throw new IllegalArgumentException("a port is 1 to 65535, was " + port);
            }
        }

        @Override
        public SocketAddress toSocketAddress() {
            return new InetSocketAddress(host, port);
        }

        @Override
        public String toString() {
            return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
        }
    }

    /// A Unix domain socket of this machine.
    record UnixSocket(Path path) implements Address {

        @Override
        public SocketAddress toSocketAddress() {
            return UnixDomainSocketAddress.of(path);
        }

        @Override
        public String toString() {
            return "unix:" + path;
        }
    }

    static Address tcp(String host, int port) {
        return new Tcp(host, port);
    }

    static Address unixSocket(Path path) {
        return new UnixSocket(path);
    }

    /// The same place as the JDK's channels name it; a host name is looked up here.
    SocketAddress toSocketAddress();
}
