package io.cachewright.lab.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Writes replies as a server that speaks RESP3 does.
public final class ReplyEncoder {

    private ReplyEncoder() {}

    public static byte[] encode(List<Reply> replies) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        replies.forEach(reply -> write(out, reply));
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, Reply reply) {
        switch (reply) {
            case Reply.Simple(String text) -> line(out, "+" + text);
            case Reply.Error(String message) -> line(out, "-" + message);
            case Reply.Int(long value) -> line(out, ":" + value);
            case Reply.Bulk(byte[] bytes) -> string(out, "$", bytes);
            case Reply.Null() -> line(out, "_");
            case Reply.Array(List<Reply> elements) -> aggregate(out, "*" + elements.size(), elements);
            case Reply.Set(List<Reply> elements) -> aggregate(out, "~" + elements.size(), elements);
            case Reply.Push(List<Reply> elements) -> aggregate(out, ">" + elements.size(), elements);
            case Reply.Map(List<Reply> keysAndValues) -> aggregate(out, "%" + keysAndValues.size() / 2, keysAndValues);
            case Reply.Decimal(double value) -> line(out, "," + decimal(value));
            case Reply.Bool(boolean value) -> line(out, value ? "#t" : "#f");
            case Reply.BigNumber(var value) -> line(out, "(" + value);
            case Reply.Verbatim(String format, String text) ->
                string(out, "=", (format + ":" + text).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String decimal(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        return Double.isInfinite(value) ? (value > 0 ? "inf" : "-inf") : Double.toString(value);
    }

    private static void aggregate(ByteArrayOutputStream out, String header, List<Reply> elements) {
        line(out, header);
        elements.forEach(element -> write(out, element));
    }

    private static void string(ByteArrayOutputStream out, String type, byte[] bytes) {
        line(out, type + bytes.length);
        out.writeBytes(bytes);
        line(out, "");
    }

    private static void line(ByteArrayOutputStream out, String text) {
        out.writeBytes((text + "\r\n").getBytes(StandardCharsets.UTF_8));
    }
}
