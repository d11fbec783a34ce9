package io.cachewright.lab.server;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// A small shell beside a server that outlives us by a moment: when our end of its standard input closes, for
/// whatever reason, it kills the server with its children and removes the private directory.
///
/// The end of a pipe is closed by the operating system even when this program is killed with SIGKILL, and it costs
/// no polling. The shell ignores the signals that a terminal sends to the whole foreground group.
final class Warden implements AutoCloseable {

    private static final long END_TIMEOUT_SECONDS = 10;

    /* `guard PID` and `gone` say which server to kill; `signal NAME` sends one and acknowledges it. A server's fork
     * children (of BGSAVE and the like) are looked up before it dies, as they have another parent afterwards. */
    private static final String SCRIPT = """
            trap '' HUP INT QUIT TERM
            pid=
            while read -r word value; do
              case $word in
                guard) pid=$value; echo guarded ;;
                gone) pid= ;;
                signal) kill "-$value" "$pid"; echo "signalled $?" ;;
              esac
            done
            if [ -n "$pid" ]; then
              children=$(ps -A -o pid= -o ppid= 2>/dev/null | while read -r child parent; do
                if [ "$parent" = "$pid" ]; then echo "$child"; fi
              done)
              kill -KILL "$pid" $children 2>/dev/null
            fi
            if [ "$2" = remove ]; then rm -rf -- "$1" || { sleep 1; rm -rf -- "$1"; }; fi
            """;

    private final Process shell;
    private final BufferedWriter orders;
    private final BufferedReader answers;

    private Warden(Process shell) {
        this.shell = shell;
        this.orders = shell.outputWriter();
        this.answers = shell.inputReader();
    }

    static Warden over(Path directory, boolean keepsDirectory) throws IOException {
        return new Warden(new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        SCRIPT,
                        "cachewright-warden",
                        directory.toString(),
                        keepsDirectory ? "keep" : "remove")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /// From now on that process dies with us.
    synchronized void guard(long pid) {
        order("guard " + pid);
        expect("guarded");
    }

    /// The guarded process ended by itself: its number may soon belong to someone else.
    synchronized void release() {
        order("gone");
    }

    /// Sends a signal such as `STOP` to the guarded process; it was delivered when this returns.
    synchronized void signal(String name) {
        order("signal " + name);
        expect("signalled 0");
    }

    /// Lets the shell do its last work, and waits for it.
    @Override
    public synchronized void close() {
        try {
            orders.close();
        } catch (IOException _) {
            // The shell is gone already; what it leaves is removed by the caller.
        }
        try {
            if (!shell.waitFor(END_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                shell.destroyForcibly();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void order(String line) {
        try {
            orders.write(line + "\n");
            orders.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the warden of the server is gone", e);
        }
    }

    private void expect(String answer) {
        try {
            String line = answers.readLine();
            if (!answer.equals(line)) {
                throw new IllegalStateException("the warden of the server answered " + line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the warden of the server is gone", e);
        }
    }
}
