package io.cachewright.lab.load;

import io.cachewright.lab.wire.Address;
import io.cachewright.lab.wire.Credentials;
import io.cachewright.lab.wire.WireConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Runs a loop on a platform thread of its own: it must not share a carrier with virtual threads, nor have a
/// caller's interrupt tear down its channels in mid-air.
final class LoadThread {

    /// A loop over connections that ends by itself, or soon after it was told to stop.
    interface Loop {
        LoadResult run() throws IOException;

        void stop();
    }

    private LoadThread() {}

    static LoadResult run(
            Address address,
            Optional<Credentials> credentials,
            int connections,
            LoadSettings settings,
            Function<ConnectionSet, Loop> newLoop) {
        // A first connection tells wrong credentials and a missing server in plain words.
        WireConnection.open(address, credentials).close();
        try (ConnectionSet set = new ConnectionSet(address, credentials, connections)) {
            Loop loop = newLoop.apply(set);
            FutureTask<LoadResult> task = new FutureTask<>(loop::run);
            Thread thread = Thread.ofPlatform().daemon().name("load-generator").unstarted(task);
            thread.start();
            try {
                return task.get();
            } catch (InterruptedException e) {
                loop.stop();
                thread.join();
                Thread.currentThread().interrupt();
                throw (CancellationException) new CancellationException("the load was interrupted").initCause(e);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (CancellationException) new CancellationException("the load was interrupted").initCause(e);
        }
    }

    private static RuntimeException rethrown(@Nullable Throwable cause) {
        return switch (cause) {
            case IOException e -> new UncheckedIOException(e);
            case RuntimeException e -> e;
            case Error e -> throw e;
            case null, default -> new IllegalStateException("the load ended unexpectedly", cause);
        };
    }
}
