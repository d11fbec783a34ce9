package io.cachewright.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.cachewright.domain.UseCase;
import io.cachewright.domain.keys.FamilyPatterns;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.WireConnection;
import io.cachewright.snapshot.SnapshotReport.BigElement;
import io.cachewright.snapshot.SnapshotReport.Family;
import io.cachewright.snapshot.export.ReportJson;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NamedFamiliesTest {

    @Test
    void familiesOfTheUserComeBeforeThoseThatAreInferred() {
        FamilyPatterns patterns = FamilyPatterns.parse("families.yaml", """
                version: 1
                families:
                  - family: "our books"
                    keys: "book:*"
                    use-case: depth
                """);
        try (RedisServer server = RedisServer.start(ServerSettings.onUnixSocket());
                WireConnection connection = server.connect()) {
            for (int i = 0; i < 30; i++) {
                connection.call("SET", "book:" + i, "x").orThrow();
                connection
                        .call("HSET", "order:" + i, "clOrdId", "1", "leavesQty", "2")
                        .orThrow();
            }
            connection
                    .call("HSET", "wide", "small", "x", "large", "y".repeat(5_000))
                    .orThrow();
            connection.call("SAVE").orThrow();
            Path file = server.directory().resolve("dump.rdb");
            Map<String, String> familyOf = new HashMap<>();
            SnapshotReport report = SnapshotReader.keys(
                    file, ReportSettings.DEFAULT.withPatterns(patterns), row -> familyOf.put(row.name(), row.family()));

            assertThat(familyOf)
                    .containsEntry("book:7", "our books")
                    .containsEntry("order:7", "order:<n>")
                    .containsEntry("wide", "wide");
            Family books = family(report, "our books");
            assertThat(books.named()).isTrue();
            assertThat(books.useCase()).isEqualTo(UseCase.DEPTH);
            assertThat(books.totals().keys()).isEqualTo(30);
            assertThat(family(report, "order:<n>").useCase()).isEqualTo(UseCase.ORDERS);
            assertThat(report.biggestElements())
                    .extracting(BigElement::key, BigElement::place, BigElement::bytes)
                    .containsExactly(tuple("wide", "large", 5_000L));
            assertThat(report.biggestKeys().getFirst().name()).isEqualTo("wide");
            assertThat(ReportJson.write(report)).contains("\"our books\"");
        }
    }

    private static Family family(SnapshotReport report, String pattern) {
        List<Family> found = report.families().stream()
                .filter(family -> family.pattern().equals(pattern))
                .toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }
}
