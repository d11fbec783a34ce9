package io.cachewright.optimizer.apply;

import io.cachewright.domain.InvalidInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// What was changed, and what was there before: enough to put everything back.
///
/// @param format always [#FORMAT]
/// @param appliedAt when the first change was about to be made
/// @param entries in the order in which they were made
/// @param digest SHA-256 over all but `state`: a record that was edited is not undone
public record ChangeRecord(String format, Instant appliedAt, State state, List<Entry> entries, String digest) {

    /// Names the format and its version.
    public static final String FORMAT = "cachewright-changes/1";

    /// How far it went.
    public enum State {
        /// Written before the first change; found afterwards, it means that the run was cut short.
        STARTED,
        APPLIED,
        /// A change failed, and those before it were taken back.
        ROLLED_BACK,
        UNDONE
    }

    /// What an entry is about.
    public enum Kind {
        PARAMETER,
        ACL
    }

    /// @param name the parameter or the ACL user
    /// @param oldValue as the server printed it before; for an ACL user its rules without passwords
    /// @param newValue what was set; for an ACL user the rules that were added
    /// @param after as the server printed it afterwards; empty while that is not known
    public record Entry(String node, Kind kind, String name, String oldValue, String newValue, String after) {

        Entry reading(String printed) {
            return new Entry(node, kind, name, oldValue, newValue, printed);
        }
    }

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    public ChangeRecord {
        entries = List.copyOf(entries);
    }

    static ChangeRecord of(Instant at, State state, List<Entry> entries) {
        return new ChangeRecord(FORMAT, at, state, entries, digest(at, entries));
    }

    ChangeRecord in(State newState) {
        return new ChangeRecord(format, appliedAt, newState, entries, digest);
    }

    /// Whether it reads as it was written.
    boolean isIntact() {
        return format.equals(FORMAT) && digest.equals(digest(appliedAt, entries));
    }

    /// Reads a record. Throws [InvalidInput] when the file is none, or was edited.
    public static ChangeRecord read(Path file) {
        try {
            ChangeRecord record = JSON.readValue(Files.readString(file), ChangeRecord.class);
            if (!record.isIntact()) {
                throw new InvalidInput(
                        file.toString(), List.of("it is not as it was written; undo by hand from its old values"));
            }
            return record;
        } catch (JacksonException | NullPointerException e) {
            throw new InvalidInput(file.toString(), List.of("it is no record of changes"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Writes a new file; an existing one is another run's and stays.
    void create(Path file) {
        try {
            Files.writeString(file, JSON.writeValueAsString(this) + "\n", StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw new ChangeRefused(List.of(file + " exists: each run keeps its own record"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Replaces the file in one move, so that it is never half written.
    void replace(Path file) {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.writeString(fresh, JSON.writeValueAsString(this) + "\n");
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(Instant at, List<Entry> entries) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(at.toString().getBytes(StandardCharsets.UTF_8));
            for (Entry entry : entries) {
                List<String> fields =
                        List.of(entry.node, entry.kind.name(), entry.name, entry.oldValue, entry.newValue, entry.after);
                for (String field : fields) {
                    sha.update((byte) 0);
                    sha.update(field.getBytes(StandardCharsets.UTF_8));
                }
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
