package io.cachewright.snapshot.rdb;

/// A snapshot that cannot be read further: truncated, damaged, or of a format that is not known here.
public final class MalformedSnapshot extends RuntimeException {

    private final String file;
    private final long offset;

    public MalformedSnapshot(String file, long offset, String problem) {
        super(file + ": at byte " + offset + ": " + problem);
        this.file = file;
        this.offset = offset;
    }

    public String file() {
        return file;
    }

    /// Where reading stopped, in bytes from the start of the file.
    public long offset() {
        return offset;
    }
}
