package io.cachewright.optimizer.connect;

import java.util.Arrays;

/// A password that does not print itself.
public final class Secret {

    private final char[] characters;

    private Secret(char[] characters) {
        this.characters = characters;
    }

    /// Keeps a copy; the caller may wipe its own array.
    public static Secret of(char[] characters) {
        return new Secret(characters.clone());
    }

    public static Secret of(String text) {
        return new Secret(text.toCharArray());
    }

    public boolean isEmpty() {
        return characters.length == 0;
    }

    /// The password itself, for signing in only.
    String reveal() {
        return new String(characters);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && Arrays.equals(characters, secret.characters);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(characters);
    }

    @Override
    public String toString() {
        return "***";
    }
}
