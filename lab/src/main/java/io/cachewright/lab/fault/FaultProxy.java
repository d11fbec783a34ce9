package io.cachewright.lab.fault;

import io.cachewright.lab.wire.Address;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// A TCP proxy on loopback whose faults can be switched on and off while traffic passes.
///
/// What enters a hole is kept and delivered when the hole closes, as TCP would by sending it again; what was on its way
/// through a connection that is cut is lost.
public final class FaultProxy implements AutoCloseable {

    /// Beyond it, new connections are refused.
    private static final int CONNECTIONS_MAX = 1_024;

    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
    private static final int BACKLOG = 128;

    private final Address.Tcp target;
    private final ServerSocket listener;
    private final Set<Relay> relays = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    /// Of the wire that present connections lie on, the newest last.
    private final List<Conditions> wires = new CopyOnWriteArrayList<>(List.of(new Conditions()));
    private volatile boolean refusesNew;

    private FaultProxy(Address.Tcp target, ServerSocket listener) {
        this.target = target;
        this.listener = listener;
    }

    /// A proxy to `target` on a port that the system picks.
    public static FaultProxy before(Address.Tcp target) {
        try {
            FaultProxy proxy = new FaultProxy(target, new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
            Thread.ofVirtual().name("fault-proxy-accept").start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException("no port for a proxy to " + target, e);
        }
    }

    public Address.Tcp address() {
        return new Address.Tcp("127.0.0.1", listener.getLocalPort());
    }

    /// Connections accepted so far.
    public int accepted() {
        return accepted.get();
    }

    /// Resets every connection (RST). New ones are welcome.
    public void cut() {
        relays.forEach(Relay::reset);
    }

    /// Resets every connection and refuses new ones until [#restore].
    public void sever() {
        refusesNew = true;
        cut();
    }

    /// Nothing passes either way from now on, and nobody is told, until [#restore].
    public void openHole() {
        wires.forEach(wire -> {
            wire.holeToServer(true);
            wire.holeToClient(true);
        });
    }

    /// Nothing comes back from the server any more; what clients send still arrives.
    public void openHoleToClients() {
        wires.forEach(wire -> wire.holeToClient(true));
    }

    /// New connections are free of the faults that there are now, and those that come later are theirs too: as when a
    /// firewall has forgotten the present ones.
    public void spareNew() {
        wires.add(new Conditions());
    }

    /// Each piece of data comes later by `delay`, each way.
    public void delay(Duration delay) {
        wires.forEach(wire -> wire.delay(delay));
    }

    /// At most so many bytes pass in a second, each way of each connection; 0 for no limit.
    public void throttle(long bytesPerSecond) {
        wires.forEach(wire -> wire.throttle(bytesPerSecond));
    }

    /// Everything passes again as if nothing had been; what was held is delivered.
    public void restore() {
        refusesNew = false;
        wires.forEach(Conditions::restore);
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException _) {
            // A listener that cannot be closed accepts nothing either.
        }
        cut();
        wires.forEach(Conditions::restore);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                accepted.incrementAndGet();
                if (refusesNew || relays.size() >= CONNECTIONS_MAX) {
                    Relay.resetSocket(client);
                } else {
                    Thread.ofVirtual().name("fault-proxy-connect").start(() -> connect(client));
                }
            } catch (IOException _) {
                // Closed, or the client went again before it was accepted.
            }
        }
    }

    private void connect(Socket client) {
        Socket server = new Socket();
        try {
            server.connect(new InetSocketAddress(target.host(), target.port()), CONNECT_TIMEOUT_MILLIS);
            server.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
        } catch (IOException _) {
            Relay.resetSocket(client);
            Relay.resetSocket(server);
            return;
        }
        Relay relay = new Relay(client, server, wires.getLast(), relays::remove);
        relays.add(relay);
        relay.start();
        if (refusesNew || listener.isClosed()) {
            relay.reset();
        }
    }
}
