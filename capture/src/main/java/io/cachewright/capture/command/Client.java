package io.cachewright.capture.command;

/// One connection of a client, as far as the capture can tell connections apart.
///
/// @param number from 0 on, in the order in which they showed up in the capture
/// @param address as the source names it: `10.0.0.7:51234`, `[2001:db8::1]:51234`, `unix:/run/redis.sock`, `lua`
public record Client(int number, String address, Kind kind) {

    /// How the commands came in.
    public enum Kind {
        NETWORK,
        /// All clients of one Unix socket have one address, so MONITOR cannot tell them apart.
        UNIX_SOCKET,
        /// Not a client: the server ran the command for a script or a function.
        SCRIPT
    }

    public boolean isScript() {
        return kind == Kind.SCRIPT;
    }

    /// The address without the port: the machine, the socket or `lua`.
    public String host() {
        int colon = address.lastIndexOf(':');
        return kind == Kind.NETWORK && colon > 0 ? address.substring(0, colon) : address;
    }

    /// No two clients of a capture have one number.
    @Override
    public int hashCode() {
        return number;
    }
}
