package io.cachewright.optimizer.connect;

import io.cachewright.domain.InvalidInput;
import io.cachewright.lab.wire.Address;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a [Target] from text.
///
/// The URI is taken apart here and not by `java.net.URI`, whose errors repeat the whole text, password included.
final class TargetText {

    private static final int DEFAULT_PORT = 6379;

    private static final int DATABASE_MAX = 1_000_000;

    private static final Pattern URI = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*)://(.*)", Pattern.DOTALL);

    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(\\[[0-9a-fA-F:.%]+]|[a-zA-Z0-9._-]+)(?::(\\d{1,5}))?");

    private TargetText() {}

    static Target parse(String text) {
        String stripped = text.strip();
        if (stripped.isEmpty()) {
            throw invalid("is empty; give a URI such as redis://host:6379, or the path of a bundle");
        }
        Matcher uri = URI.matcher(stripped);
        if (uri.matches()) {
            return parse(uri.group(1).toLowerCase(Locale.ROOT), uri.group(2));
        }
        if (stripped.startsWith("unix:")) {
            return socket(stripped.substring("unix:".length()));
        }
        Matcher place = HOST_AND_PORT.matcher(stripped);
        Path path = path(stripped);
        if (place.matches() && place.group(2) != null && !Files.exists(path)) {
            return Target.Live.at(tcp(stripped));
        }
        return new Target.Bundle(path);
    }

    private static Target parse(String scheme, String rest) {
        return switch (scheme) {
            case "redis", "valkey" -> server(rest, false);
            case "rediss", "valkeys" -> server(rest, true);
            case "redis-socket", "valkey-socket", "unix" -> socket(rest);
            case "redis-sentinel", "rediss-sentinel", "valkey-sentinel", "valkeys-sentinel" ->
                throw invalid("a Sentinel set is not supported yet; give its primary as redis://host:port");
            case "redis-cluster", "rediss-cluster", "valkey-cluster", "valkeys-cluster" ->
                throw invalid("a cluster is not supported yet; give one of its nodes as redis://host:port");
            default ->
                throw invalid(
                        "the scheme " + scheme
                                + ":// is unknown; known are redis, rediss, redis-socket, valkey, valkeys, valkey-socket, unix");
        };
    }

    private static Target server(String rest, boolean isTls) {
        int end = firstOf(rest, "/?#");
        Login login = Login.of(rest.substring(0, end));
        String tail = rest.substring(end);
        int query = firstOf(tail, "?#");
        String database = tail.substring(0, query);
        int number = database.length() <= 1 ? databaseOf(tail.substring(query)) : database(database.substring(1));
        return new Target.Live(tcp(login.remainder()), isTls, login.user(), login.password(), number);
    }

    private static Target socket(String rest) {
        int slash = rest.indexOf('/');
        if (slash < 0) {
            throw invalid("a Unix socket needs an absolute path, such as redis-socket:///run/redis/redis.sock");
        }
        Login login = Login.of(rest.substring(0, slash));
        if (!login.remainder().isEmpty()) {
            throw invalid("a Unix socket needs an absolute path, such as redis-socket:///run/redis/redis.sock");
        }
        String tail = rest.substring(slash);
        int query = firstOf(tail, "?#");
        Path path = path(decoded(tail.substring(0, query)));
        return new Target.Live(
                Address.unixSocket(path), false, login.user(), login.password(), databaseOf(tail.substring(query)));
    }

    private static Address tcp(String place) {
        Matcher matcher = HOST_AND_PORT.matcher(place);
        if (!matcher.matches()) {
            throw invalid("the URI has no readable host and port; a password with / ? # or @ must be percent-encoded");
        }
        String host = matcher.group(1);
        String port = matcher.group(2);
        int number = port == null ? DEFAULT_PORT : Integer.parseInt(port);
        if (number < 1 || number > 65_535) {
            throw invalid("a port is 1 to 65535, was " + number);
        }
        return Address.tcp(host.startsWith("[") ? host.substring(1, host.length() - 1) : host, number);
    }

    private static int databaseOf(String query) {
        if (query.isEmpty() || query.equals("?")) {
            return 0;
        }
        if (!query.startsWith("?database=")) {
            throw invalid("the only option of a URI is ?database=NUMBER");
        }
        return database(query.substring("?database=".length()));
    }

    private static int database(String digits) {
        if (!digits.matches("\\d{1,7}") || Integer.parseInt(digits) > DATABASE_MAX) {
            throw invalid("the database after the last / must be a number");
        }
        return Integer.parseInt(digits);
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new InvalidInput("target", List.of("is neither a URI nor a path: " + e.getReason()));
        }
    }

    private static int firstOf(String text, String characters) {
        for (int i = 0; i < text.length(); i++) {
            if (characters.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return text.length();
    }

    /// Percent-encoding only: a plus stays a plus, as passwords hold it.
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw invalid("the URI has a % that is not followed by two hexadecimal digits");
        }
    }

    private static InvalidInput invalid(String problem) {
        return new InvalidInput("target", List.of(problem));
    }

    /// The part before the last `@`: `user:password`, `:password`, or, as redis-cli reads it, `user`.
    private record Login(Optional<String> user, Optional<Secret> password, String remainder) {

        static Login of(String authority) {
            int at = authority.lastIndexOf('@');
            if (at < 0) {
                return new Login(Optional.empty(), Optional.empty(), authority);
            }
            String userInfo = authority.substring(0, at);
            int colon = userInfo.indexOf(':');
            String user = decoded(colon < 0 ? userInfo : userInfo.substring(0, colon));
            String password = colon < 0 ? "" : decoded(userInfo.substring(colon + 1));
            return new Login(
                    Optional.of(user).filter(name -> !name.isEmpty()),
                    Optional.of(password).filter(text -> !text.isEmpty()).map(Secret::of),
                    authority.substring(at + 1));
        }
    }
}
