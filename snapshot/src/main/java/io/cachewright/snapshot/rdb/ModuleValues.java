package io.cachewright.snapshot.rdb;

/// What modules write: opcodes and their values, which every reader can pass over.
final class ModuleValues {

    private static final int NAME_LENGTH = 9;
    private static final String NAME_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private ModuleValues() {}

    /// (opcode value)* 0, as every module writes.
    static void skipFields(RdbStrings strings) {
        RdbInput input = strings.input;
        while (true) {
            int opcode = (int) strings.length();
            switch (opcode) {
                case 0 -> {
                    return;
                }
                case 1, 2 -> strings.length();
                case 3 -> input.skip(Float.BYTES);
                case 4 -> input.skip(Double.BYTES);
                case 5 -> strings.skip();
                default -> throw input.malformed("opcode " + opcode + " is none of a module's value");
            }
        }
    }

    /// Nine characters of six bits each; the last ten bits are the version of its encoding.
    static String name(long id) {
        StringBuilder name = new StringBuilder(NAME_LENGTH);
        for (int i = 0; i < NAME_LENGTH; i++) {
            name.append(NAME_ALPHABET.charAt((int) (id >>> (58 - 6 * i)) & 0x3f));
        }
        return name.toString();
    }
}
