package io.cachewright.lab.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// How commands look on the wire: an array of strings, the same in RESP2 and RESP3.
public final class Encoding {

    private Encoding() {}

    public static byte[] encode(Command command) {
        return encode(List.of(command));
    }

    /// Several commands, one after the other, as a pipeline sends them.
    public static byte[] encode(List<Command> commands) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(64 * commands.size());
        for (Command command : commands) {
            header(out, '*', command.arguments().size());
            for (byte[] argument : command.arguments()) {
                header(out, '$', argument.length);
                out.writeBytes(argument);
                out.write('\r');
                out.write('\n');
            }
        }
        return out.toByteArray();
    }

    private static void header(ByteArrayOutputStream out, char type, int number) {
        out.write(type);
        out.writeBytes(Integer.toString(number).getBytes(StandardCharsets.US_ASCII));
        out.write('\r');
        out.write('\n');
    }
}
