package io.cachewright.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachewright.capture.command.Arguments;
import io.cachewright.capture.command.Capture;
import io.cachewright.capture.command.CapturedCommand;
import io.cachewright.capture.command.Client;
import io.cachewright.capture.command.Coverage;
import io.cachewright.capture.command.MalformedCapture;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchersTest {

    private static final Client CLIENT = new Client(0, "127.0.0.1:40000", Client.Kind.NETWORK);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MANY = 50_000;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_024, MANY})
    void everyWatcherSeesEveryCommandInOrder(int commands) throws IOException {
        List<Long> one = new ArrayList<>();
        List<Long> other = new ArrayList<>();
        Coverage coverage = Watchers.read(
                capture(commands),
                List.of(command -> one.add(command.timeNanos()), command -> other.add(command.timeNanos())));

        List<Long> all = LongStream.range(0, commands).boxed().toList();
        assertThat(coverage.commands()).isEqualTo(commands);
        assertThat(one).isEqualTo(all);
        assertThat(other).isEqualTo(all);
    }

    @Test
    void aWatcherThatFailsIsHeardAndNobodyWaitsForIt() {
        List<Long> seen = new ArrayList<>();
        Assertions.assertTimeoutPreemptively(
                PATIENCE,
                () -> assertThatThrownBy(() -> Watchers.read(
                                capture(MANY),
                                List.of(
                                        _ -> {
                                            throw new IllegalStateException("broken watch");
                                        },
                                        command -> seen.add(command.timeNanos()))))
                        .hasMessage("broken watch"));
        assertThat(seen).hasSizeGreaterThan(MANY / 2);
    }

    @Test
    void aCaptureThatBreaksOffEndsTheReading() {
        Capture broken = new Capture() {
            @Override
            public String kind() {
                return "a broken one";
            }

            @Override
            public Coverage read(Consumer<? super CapturedCommand> commands) throws IOException {
                capture(MANY).read(commands);
                throw new MalformedCapture("file", 7, "it breaks off");
            }
        };
        Assertions.assertTimeoutPreemptively(
                PATIENCE,
                () -> assertThatThrownBy(() -> Watchers.read(broken, List.of(_ -> {})))
                        .isInstanceOf(MalformedCapture.class));
    }

    @Test
    void anInterruptEndsTheReading() {
        Assertions.assertTimeoutPreemptively(PATIENCE, () -> {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> Watchers.read(capture(MANY), List.of(_ -> {})))
                    .isInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).isTrue();
        });
    }

    private static Capture capture(int commands) {
        return new Capture() {
            @Override
            public String kind() {
                return "made up";
            }

            @Override
            public Coverage read(Consumer<? super CapturedCommand> watcher) {
                Arguments get = Arguments.of("GET", "k");
                for (int i = 0; i < commands; i++) {
                    watcher.accept(new CapturedCommand(i, CLIENT, 0, get, get.wireBytes(), Optional.empty()));
                }
                return new Coverage(commands, 0, 0, commands, 1, List.of());
            }
        };
    }
}
