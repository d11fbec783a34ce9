package io.cachewright.optimizer.rules.security;

import io.cachewright.domain.Engine;
import io.cachewright.domain.ServerVersion;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/// One day's security releases of an engine, over all of its lines, that closed a hole through which a logged-in client
/// may run code on the machine, read what it must not, or be somebody else.
///
/// @param versions the first version of each line that has the fixes; a line that is missing was not touched, because
/// it was not affected or had ended
record SecurityRelease(LocalDate day, String closes, List<ServerVersion> versions) {

    /// Newest last. Holes of modules only, and those that need a prepared file, a peer of the cluster bus or a
    /// tool, are left out. Sources: the release notes of each version.
    static final List<SecurityRelease> ALL = List.of(
            redis(
                    "2025-10-03",
                    "CVE-2025-49844 (a script runs code on the machine)",
                    "6.2.20 7.2.11 7.4.6 8.0.4 8.2.2"),
            valkey("2025-10-03", "CVE-2025-49844 (a script runs code on the machine)", "7.2.11 8.0.6 8.1.4"),
            redis("2025-11-02", "CVE-2025-62507 (XACKDEL overflows the stack)", "8.2.3"),
            redis(
                    "2026-05-05",
                    "CVE-2026-23479, CVE-2026-25243, CVE-2026-23631 (use after free in unblocking, RESTORE and"
                            + " scripts)",
                    "6.2.22 7.2.14 7.4.9 8.2.6 8.4.3 8.6.3"),
            valkey(
                    "2026-05-05",
                    "CVE-2026-23479, CVE-2026-25243, CVE-2026-23631 (use after free in unblocking, RESTORE and"
                            + " scripts)",
                    "7.2.13 8.0.9 8.1.7 9.0.4 9.1.0"),
            valkey(
                    "2026-07-21",
                    "CVE-2026-56684, CVE-2026-63639 (use after free by CLIENT KILL over TLS; crafted streams)",
                    "7.2.14 8.0.10 8.1.9 9.0.5 9.1.1"),
            redis(
                    "2026-07-23",
                    "use after free by a crafted stream in RESTORE",
                    "6.2.23 7.2.15 7.4.10 8.2.8 8.4.5 8.6.5 8.8.0"),
            redis(
                    "2026-08-18",
                    "use after free in blocked clients and pending TLS data, key permissions passed by",
                    "6.2.24 7.2.16 7.4.11 8.2.9 8.4.6 8.6.6 8.8.2 8.10.1"),
            redis("2026-09-18", "holes in ACL and the cluster bus", "8.2.10 8.6.7 8.8.3 8.10.2"));

    /// The lines that still get fixes, by their newest version.
    private static final List<ServerVersion> SUPPORTED = Stream.concat(
                    versions(Engine.REDIS, "6.2.24 7.2.16 7.4.11 8.2.10 8.4.6 8.6.7 8.8.3 8.10.2"),
                    versions(Engine.VALKEY, "7.2.14 8.0.10 8.1.9 9.0.5 9.1.1"))
            .toList();

    /// Those that this version lacks, oldest first.
    static List<SecurityRelease> missingIn(ServerVersion version) {
        return ALL.stream().filter(release -> release.isMissingIn(version)).toList();
    }

    /// Whether its line still gets fixes, or is newer than all that are known here.
    static boolean isSupported(ServerVersion version) {
        return supported(version.engine()).anyMatch(version::isOfLineOf)
                || supported(version.engine()).allMatch(known -> known.isOlderThan(version));
    }

    /// The newest version of its line, or of the next line where its own has ended.
    static ServerVersion upgradeOf(ServerVersion version) {
        return supported(version.engine())
                .filter(known -> version.isOlderThan(known) || version.isOfLineOf(known))
                .findFirst()
                .orElse(version);
    }

    /// The day of the newest release that is known here.
    static LocalDate knownUntil() {
        return ALL.getLast().day();
    }

    private boolean isMissingIn(ServerVersion version) {
        if (versions.getFirst().engine() != version.engine()) {
            return false;
        }
        return versions.stream()
                .filter(version::isOfLineOf)
                .findFirst()
                .map(version::isOlderThan)
                .orElseGet(() -> !isSupported(version) && reaches(version));
    }

    /// Whether the hole is in lines older than this one, or in the oldest that is looked after: then it is here too.
    private boolean reaches(ServerVersion version) {
        ServerVersion oldest = versions.getFirst();
        return oldest.isOlderThan(version)
                || supported(version.engine())
                        .findFirst()
                        .filter(oldest::isOfLineOf)
                        .isPresent();
    }

    private static Stream<ServerVersion> supported(Engine engine) {
        return SUPPORTED.stream().filter(version -> version.engine() == engine);
    }

    private static SecurityRelease redis(String day, String closes, String versions) {
        return of(Engine.REDIS, day, closes, versions);
    }

    private static SecurityRelease valkey(String day, String closes, String versions) {
        return of(Engine.VALKEY, day, closes, versions);
    }

    private static SecurityRelease of(Engine engine, String day, String closes, String versions) {
        return new SecurityRelease(
                LocalDate.parse(day), closes, versions(engine, versions).toList());
    }

    private static Stream<ServerVersion> versions(Engine engine, String texts) {
        return Stream.of(texts.split(" ", -1))
                .map(text -> ServerVersion.parse(engine, text).orElseThrow());
    }
}
