package io.cachewright.capture.monitor;

import io.cachewright.capture.command.Client;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The clients of a capture by the bytes of their address, found without making a string of them each time.
final class Clients {

    /// Beyond this many all are forgotten and get new numbers: clients that connect anew for each request would
    /// otherwise fill the memory.
    private static final int CLIENTS_MAX = 1 << 17;

    private @Nullable Client[] clients = new Client[256];
    private byte[][] addresses = new byte[256][];
    private int count;
    private int numbered;
    private int forgotten;

    Client of(byte[] line, int from, int to) {
        int mask = clients.length - 1;
        int at = hash(line, from, to) & mask;
        while (true) {
            Client client = clients[at];
            if (client == null) {
                return add(line, from, to);
            }
            if (Arrays.equals(addresses[at], 0, addresses[at].length, line, from, to)) {
                return client;
            }
            at = (at + 1) & mask;
        }
    }

    private Client add(byte[] line, int from, int to) {
        byte[] bytes = Arrays.copyOfRange(line, from, to);
        String address = new String(bytes, StandardCharsets.UTF_8);
        Client.Kind kind = address.equals("lua")
                ? Client.Kind.SCRIPT
                : address.startsWith("unix:") ? Client.Kind.UNIX_SOCKET : Client.Kind.NETWORK;
        Client client = new Client(numbered++, address, kind);
        if (count == CLIENTS_MAX) {
            forgotten += count;
            count = 0;
            Arrays.fill(clients, null);
        } else if (2 * (count + 1) > clients.length) {
            grow();
        }
        put(client, bytes);
        count++;
        return client;
    }

    private void put(Client client, byte[] address) {
        int mask = clients.length - 1;
        int at = hash(address, 0, address.length) & mask;
        while (clients[at] != null) {
            at = (at + 1) & mask;
        }
        clients[at] = client;
        addresses[at] = address;
    }

    private void grow() {
        @Nullable Client[] oldClients = clients;
        byte[][] oldAddresses = addresses;
        clients = new Client[2 * oldClients.length];
        addresses = new byte[2 * oldClients.length][];
        for (int i = 0; i < oldClients.length; i++) {
            Client client = oldClients[i];
            if (client != null) {
                put(client, oldAddresses[i]);
            }
        }
    }

    private static int hash(byte[] bytes, int from, int to) {
        int hash = 1;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash ^ (hash >>> 16);
    }

    int forgotten() {
        return forgotten;
    }
}
