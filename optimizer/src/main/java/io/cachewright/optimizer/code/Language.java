package io.cachewright.optimizer.code;

/// A language that snippets are written in, with the client library that they use.
public enum Language {
    JAVA("Java", "java", "Lettuce"),
    PYTHON("Python", "py", "redis-py"),
    GO("Go", "go", "go-redis v9"),
    CPP("C++", "cpp", "redis-plus-plus");

    private final String label;
    private final String extension;
    private final String library;

    Language(String label, String extension, String library) {
        this.label = label;
        this.extension = extension;
        this.library = library;
    }

    public String label() {
        return label;
    }

    /// Of its files, without the dot.
    public String extension() {
        return extension;
    }

    /// The client library, as its users call it.
    public String library() {
        return library;
    }
}
