package io.cachewright.lab.fault;

import java.time.Duration;

/// The state of the wire, shared by all relays of a proxy.
final class Conditions {

    private boolean holeToServer;
    private boolean holeToClient;
    private volatile long delayNanos;
    private volatile long bytesPerSecond;

    synchronized void holeToServer(boolean open) {
        holeToServer = open;
        notifyAll();
    }

    synchronized void holeToClient(boolean open) {
        holeToClient = open;
        notifyAll();
    }

    void delay(Duration delay) {
        delayNanos = delay.toNanos();
    }

    void throttle(long limit) {
        bytesPerSecond = limit;
    }

    synchronized void restore() {
        holeToServer = false;
        holeToClient = false;
        delayNanos = 0;
        bytesPerSecond = 0;
        notifyAll();
    }

    /// Waits while the way is a hole and the relay still stands.
    synchronized void awaitPassage(boolean toServer, Relay relay) throws InterruptedException {
        while ((toServer ? holeToServer : holeToClient) && relay.isOpen()) {
            wait();
        }
    }

    synchronized void wake() {
        notifyAll();
    }

    long delayNanos() {
        return delayNanos;
    }

    long bytesPerSecond() {
        return bytesPerSecond;
    }
}
