package io.cachewright.optimizer.connect;

import io.cachewright.domain.InvalidInput;
import io.cachewright.lab.wire.Address;
import java.nio.file.Path;
import java.util.Optional;

/// What is looked at: a live server or an evidence bundle on disk.
public sealed interface Target {

    /// A server.
    ///
    /// @param isTls whether the connection is encrypted
    /// @param user the ACL user, when the URI names one
    /// @param password the password, when the URI holds one
    /// @param database the logical database that the URI names, else 0
    record Live(Address address, boolean isTls, Optional<String> user, Optional<Secret> password, int database)
            implements Target {

        /// A server without TLS, user and password.
        public static Live at(Address address) {
            return new Live(address, false, Optional.empty(), Optional.empty(), 0);
        }

        /// Where `other` listens, reached in the same way as this one.
        Live movedTo(Address other) {
            return new Live(other, isTls, user, password, database);
        }

        /// The URI without user and password.
        @Override
        public String toString() {
            String suffix = database == 0 ? "" : "/" + database;
            return switch (address) {
                case Address.Tcp tcp -> (isTls ? "rediss://" : "redis://") + tcp + suffix;
                case Address.UnixSocket(Path path) ->
                    "redis-socket://" + path + (database == 0 ? "" : "?database=" + database);
            };
        }
    }

    /// A file that a collection was saved to.
    record Bundle(Path path) implements Target {
        @Override
        public String toString() {
            return path.toString();
        }
    }

    /// Reads a URI, `host:port`, or the path of a bundle.
    ///
    /// @throws InvalidInput when the text is none of them; the message never repeats what may be a password
    static Target parse(String text) {
        return TargetText.parse(text);
    }
}
