package io.cachewright.optimizer.connect;

import io.cachewright.lab.wire.Address;
import io.cachewright.lab.wire.Command;
import io.cachewright.lab.wire.Reply;
import io.cachewright.optimizer.connect.TargetUnreachable.Code;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/// Opens one line to a server, signs in, and makes sure that it answers as a Redis server does; turns each way in
/// which that fails into its own [TargetUnreachable].
record Opening(Target.Live target, Optional<Secret> password, ConnectSettings settings) {

    /// By this name the connection shows in CLIENT LIST.
    static final String CLIENT_NAME = "cachewright";

    private static final Pattern LOADING_FIELD = Pattern.compile("(?m)^loading_(loaded_perc|eta_seconds):([0-9.]+)");

    /// @throws TargetUnreachable when there is no line to be had, for one of its reasons
    Line open() {
        checkCertificateFiles();
        Line line = connect();
        try {
            signIn(line);
            greet(line);
            return line;
        } catch (ConnectionLost lost) {
            line.close();
            throw afterSecondLook(lost.clause());
        } catch (RuntimeException e) {
            line.close();
            throw e;
        }
    }

    private void checkCertificateFiles() {
        for (Optional<Path> file :
                List.of(settings.trustedCertificates(), settings.clientCertificate(), settings.clientKey())) {
            if (target.isTls() && file.isPresent() && !Files.isReadable(file.get())) {
                throw unreachable(Code.CERTIFICATE_FILE_UNREADABLE, "cannot read the certificate file " + file.get());
            }
        }
    }

    private Line connect() {
        return switch (target.address()) {
            case Address.Tcp tcp -> connect(tcp);
            case Address.UnixSocket socket -> connect(socket);
        };
    }

    private Line connect(Address.UnixSocket socket) {
        if (!Files.exists(socket.path())) {
            throw unreachable(Code.NOTHING_LISTENING, "there is no such socket");
        }
        if (!Files.isWritable(socket.path())) {
            throw unreachable(Code.NOTHING_LISTENING, "this user may not open the socket");
        }
        try {
            return SocketLine.open(socket, settings);
        } catch (UncheckedIOException _) {
            throwIfInterrupted();
            throw unreachable(Code.NOTHING_LISTENING, "nothing listens there");
        }
    }

    private Line connect(Address.Tcp tcp) {
        try {
            return target.isTls() ? LettuceLine.open(tcp, settings) : SocketLine.open(tcp, settings);
        } catch (RuntimeException e) {
            throwIfInterrupted();
            throw connectFailure(e);
        }
    }

    private TargetUnreachable connectFailure(RuntimeException failure) {
        List<Throwable> causes = LineFailure.causes(failure);
        // The innermost knows best: what wraps it may be of a broader kind.
        for (Throwable cause : causes.reversed()) {
            switch (cause) {
                case UnknownHostException _, UnresolvedAddressException _ -> {
                    return unreachable(Code.UNKNOWN_HOST, "no such host");
                }
                case NoRouteToHostException _ -> {
                    return unreachable(Code.NO_ROUTE, "there is no route to that host");
                }
                case CertificateException _ -> {
                    return untrusted(causes);
                }
                case io.netty.channel.ConnectTimeoutException _, SocketTimeoutException _ -> {
                    return timedOut();
                }
                case ConnectException _ -> {
                    return unreachable(Code.NOTHING_LISTENING, "nothing listens there");
                }
                default -> {
                    // The next cause may tell.
                }
            }
        }
        if (causes.stream().anyMatch(Opening::asksForCertificate)) {
            return clientCertificateExpected();
        }
        boolean isTlsOrTime =
                causes.stream().anyMatch(cause -> cause instanceof SSLException || cause instanceof TimeoutException);
        return afterSecondLook(isTlsOrTime ? "the TLS handshake failed" : LineFailure.clause(failure));
    }

    private static void throwIfInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw new SessionInterrupted();
        }
    }

    private TargetUnreachable untrusted(List<Throwable> causes) {
        String reason = causes.stream()
                .map(cause -> String.valueOf(cause.getMessage()))
                .filter(message ->
                        message.startsWith("No subject alternative") || message.startsWith("No name matching"))
                .findFirst()
                .map(message -> "it is not for this host name (" + message + ")")
                .orElse("no trusted authority signed it; name one with CACHEWRIGHT_TLS_CA=FILE");
        return unreachable(Code.CERTIFICATE_NOT_TRUSTED, "the server's certificate is not trusted: " + reason);
    }

    private static boolean asksForCertificate(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return message.contains("certificate_required") || message.contains("bad_certificate");
    }

    private void signIn(Line line) {
        if (password.isEmpty()) {
            return;
        }
        String secret = password.get().reveal();
        Command auth = target.user().isPresent()
                ? Command.of("AUTH", target.user().get(), secret)
                : Command.of("AUTH", secret);
        if (ask(line, auth) instanceof Reply.Error(String message)) {
            if (message.contains("without any password configured")) {
                // The server wants none, so a password in the environment is no reason to stay out.
                return;
            }
            throw target.user().isPresent()
                    ? unreachable(
                            Code.USER_REFUSED,
                            "user " + target.user().get()
                                    + " is refused: the password is wrong, or there is no such enabled user")
                    : message.startsWith("WRONGPASS") || message.startsWith("ERR invalid password")
                            ? unreachable(Code.WRONG_PASSWORD, "the password is wrong")
                            : refusal(line, message);
        }
    }

    private void greet(Line line) {
        if (ask(line, Command.of("PING")) instanceof Reply.Error(String message)
                && !message.startsWith("NOPERM")
                && !message.startsWith("ERR unknown command")) {
            throw refusal(line, message);
        }
        // A refusal only costs the name in CLIENT LIST.
        Reply _ = ask(line, Command.of("CLIENT", "SETNAME", CLIENT_NAME));
    }

    private static Reply ask(Line line, Command command) {
        return line.exchange(List.of(command)).getFirst();
    }

    private TargetUnreachable refusal(Line line, String message) {
        String prefix = message.indexOf(' ') < 0 ? message : message.substring(0, message.indexOf(' '));
        return switch (prefix) {
            case "NOAUTH" ->
                unreachable(
                        Code.PASSWORD_MISSING,
                        "a password is needed: put it into " + PasswordSource.VARIABLE + " or into the URI");
            case "LOADING" -> unreachable(Code.LOADING, "the server is loading its data set" + loadingProgress(line));
            case "MASTERDOWN" ->
                unreachable(
                        Code.PRIMARY_LINK_DOWN,
                        "the replica has lost its primary and does not serve stale data (replica-serve-stale-data no)");
            case "BUSY" -> unreachable(Code.SCRIPT_RUNNING, "the server is busy running a script");
            default -> refusedAtOnce(message);
        };
    }

    private TargetUnreachable refusedAtOnce(String line) {
        if (line.startsWith("DENIED")) {
            return unreachable(
                    Code.PROTECTED_MODE,
                    "the server is in protected mode: it has no password and serves its own host only");
        }
        if (line.contains("max number of clients")) {
            return unreachable(Code.CLIENTS_EXHAUSTED, "the server has reached its maxclients limit");
        }
        if (line.startsWith("NOAUTH") || line.startsWith("LOADING")) {
            return unreachable(Code.CLOSED_BY_SERVER, "the server closed the connection");
        }
        return unreachable(Code.UNEXPECTED, "the server answers PING with an error of an unknown kind");
    }

    private static String loadingProgress(Line line) {
        if (!(ask(line, Command.of("INFO", "persistence")) instanceof Reply.Bulk info)) {
            return "";
        }
        String percent = "";
        String eta = "";
        Matcher field = LOADING_FIELD.matcher(info.text());
        while (field.find()) {
            if (field.group(1).equals("loaded_perc")) {
                percent = field.group(2) + " % done";
            } else {
                eta = "about " + field.group(2) + " s to go";
            }
        }
        if (percent.isEmpty() && eta.isEmpty()) {
            return "";
        }
        return ": " + percent + (percent.isEmpty() || eta.isEmpty() ? "" : ", ") + eta;
    }

    /// The line broke before the first reply: the port's first words say why.
    private TargetUnreachable afterSecondLook(String clause) {
        if (!(target.address() instanceof Address.Tcp tcp)) {
            return clause.contains("in time") ? timedOut() : unreachable(Code.NOT_REDIS, clause);
        }
        return switch (SecondLook.at(tcp, settings.connectTimeout())) {
            case SecondLook.Impression.Redis _
            when target.isTls() ->
                unreachable(
                        Code.PLAIN_EXPECTED, "the server does not speak TLS there; use redis:// instead of rediss://");
            case SecondLook.Impression.Redis(String line) when line.startsWith("-") -> refusedAtOnce(line.substring(1));
            case SecondLook.Impression.Redis _, SecondLook.Impression.ClosesAtOnce _ ->
                unreachable(Code.CLOSED_BY_SERVER, clause);
            case SecondLook.Impression.Tls _
            when target.isTls() && clause.contains("closed") -> clientCertificateExpected();
            case SecondLook.Impression.Tls _ when target.isTls() -> unreachable(Code.TIMED_OUT, clause);
            case SecondLook.Impression.Tls _ ->
                unreachable(Code.TLS_EXPECTED, "the server speaks TLS there; use rediss:// instead of redis://");
            case SecondLook.Impression.Http _ ->
                unreachable(Code.NOT_REDIS, "that is no Redis server: it answers as a web server does");
            case SecondLook.Impression.OtherProtocol _ ->
                unreachable(Code.NOT_REDIS, "that is no Redis server: it answers in another protocol");
            case SecondLook.Impression.Silence _ -> timedOut();
            case SecondLook.Impression.Gone _ -> unreachable(Code.CLOSED_BY_SERVER, clause);
        };
    }

    private TargetUnreachable clientCertificateExpected() {
        return unreachable(
                Code.CLIENT_CERTIFICATE_EXPECTED,
                "the server asks for a client certificate; name it with CACHEWRIGHT_TLS_CERT=FILE and CACHEWRIGHT_TLS_KEY=FILE");
    }

    private TargetUnreachable timedOut() {
        return unreachable(
                Code.TIMED_OUT,
                "no answer within " + settings.connectTimeout().toMillis()
                        + " ms; a firewall, a stopped server, or something that is no Redis server");
    }

    private TargetUnreachable unreachable(Code code, String clause) {
        return new TargetUnreachable(code, target + ": " + clause);
    }
}
