package io.cachewright.domain.policy;

/// What else is invalid when a key of a class is: what was computed from it.
public sealed interface Cascade {

    /// One key, with the variables of the class's own key.
    record ToKey(KeyTemplate key) implements Cascade {
        @Override
        public String toString() {
            return "key " + key;
        }
    }

    /// Everything with a tag, with the variables of the class's own key.
    record ToTag(KeyTemplate tag) implements Cascade {
        @Override
        public String toString() {
            return "tag " + tag;
        }
    }

    /// Everything of another class.
    record ToClass(String name) implements Cascade {
        @Override
        public String toString() {
            return "class " + name;
        }
    }
}
