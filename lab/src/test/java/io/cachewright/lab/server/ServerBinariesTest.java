package io.cachewright.lab.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachewright.domain.Engine;
import io.cachewright.domain.ServerVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerBinariesTest {

    @TempDir
    Path directory;

    @Test
    void theEmbeddedServerIsTheRedisThatTheBuildCarries() {
        ServerBinary embedded = ServerBinaries.embedded();
        assertThat(embedded.version()).isEqualTo(new ServerVersion(Engine.REDIS, 7, 0, 15));
        assertThat(embedded.origin()).isEqualTo("embedded");
        assertThat(ServerBinaries.all()).startsWith(embedded);
    }

    @Test
    void readsTheVersionThatEachEnginePrints() {
        assertThat(ServerBinaries.readVersion("Redis server v=7.0.15 sha=00000000:0 malloc=libc bits=64"))
                .contains(new ServerVersion(Engine.REDIS, 7, 0, 15));
        assertThat(ServerBinaries.readVersion("Valkey server v=8.1.1 sha=00000000:0 malloc=jemalloc-5.3.0"))
                .contains(new ServerVersion(Engine.VALKEY, 8, 1, 1));
        assertThat(ServerBinaries.readVersion("redis-cli 7.0.15")).isEmpty();
    }

    @Test
    void resourcesAreNamedForEachSystem() {
        assertThat(EmbeddedBinary.resourceName("Mac OS X", "aarch64")).isEqualTo("redis-server-7.0.15-darwin-arm64");
        assertThat(EmbeddedBinary.resourceName("Linux", "amd64")).isEqualTo("redis-server-7.0.15-linux-amd64");
    }

    @Test
    void findsServersOnThePathAndByDirectory() throws IOException {
        Path bin = Files.createDirectory(directory.resolve("bin"));
        script(bin.resolve("valkey-server"), "echo 'Valkey server v=9.9.1 sha=0'");
        script(bin.resolve("redis-server-8.0"), "echo 'Redis server v=8.0.2 sha=0'");
        script(bin.resolve("redis-cli-8.0"), "exit 1");
        assertThat(ServerBinaries.onPath("/nowhere:" + bin))
                .singleElement()
                .satisfies(found -> assertThat(found.version()).isEqualTo(new ServerVersion(Engine.VALKEY, 9, 9, 1)));
        assertThat(ServerBinaries.inDirectory(directory))
                .singleElement()
                .satisfies(found -> assertThat(found.version()).isEqualTo(new ServerVersion(Engine.REDIS, 8, 0, 2)));
    }

    @Test
    void whatIsNoServerIsToldClearly() throws IOException {
        assertThatThrownBy(() -> ServerBinaries.at(directory.resolve("none")))
                .isInstanceOf(ServerUnavailable.class)
                .hasMessageContaining("there is no server at");
        Path plain = Files.writeString(directory.resolve("plain"), "text");
        assertThatThrownBy(() -> ServerBinaries.at(plain)).hasMessageContaining("is not executable");
        Path other = script(directory.resolve("other"), "echo something else");
        assertThatThrownBy(() -> ServerBinaries.at(other))
                .hasMessageContaining("is no Redis or Valkey server")
                .hasMessageContaining("something else");
    }

    @Test
    void theUnpackedServerIsForThisUserOnly() throws IOException {
        Path placed = EmbeddedBinary.place(new byte[] {1, 2, 3}, directory);
        assertThat(placed).hasBinaryContent(new byte[] {1, 2, 3});
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(placed)))
                .isEqualTo("rwx------");
    }

    private static Path script(Path path, String line) throws IOException {
        Files.writeString(path, "#!/bin/sh\n" + line + "\n");
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
    }
}
