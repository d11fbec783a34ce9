package io.cachewright.capture.antipattern;

import io.cachewright.capture.command.Answer;
import io.cachewright.capture.command.Arguments;
import io.cachewright.capture.command.CapturedCommand;
import io.cachewright.capture.command.Client;
import io.cachewright.capture.command.ReplyType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Two little captures for one anti-pattern: one in which it must be seen, and one in which it must not.
///
/// A line is `SECONDS[/TIMES/EVERY] CLIENT COMMAND… [-> TYPE[:LENGTH] MICROSECONDS [in-flight]]`. In lines that are
/// repeated, `%` is the number of the repetition. `<200>` stands for so many bytes, `<json:200>` for JSON, `<java>`
/// for a serialised object. Clients that begin with the same letter are on one machine.
record Fixture(List<CapturedCommand> fires, List<CapturedCommand> silent) {

    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");
    private static final long START = 1_700_000_000_000_000_000L;

    static Fixture of(String id) {
        String text;
        try (InputStream input =
                Objects.requireNonNull(Fixture.class.getResourceAsStream(id + ".txt"), "no fixture " + id + ".txt")) {
            text = new String(input.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String[] halves = text.substring("fires\n".length()).split("(?m)^silent\\n");
        return new Fixture(commands(halves[0]), commands(halves[1]));
    }

    private static List<CapturedCommand> commands(String text) {
        Map<String, Client> clients = new HashMap<>();
        List<CapturedCommand> commands = new ArrayList<>();
        text.lines().forEach(line -> addLine(line, clients, commands));
        commands.sort(Comparator.comparingLong(CapturedCommand::timeNanos));
        return commands;
    }

    private static void addLine(String line, Map<String, Client> clients, List<CapturedCommand> commands) {
        String[] sides = line.split(" -> ");
        String[] parts = sides[0].split(" ", 3);
        String[] times = parts[0].split("/");
        int repeats = times.length > 1 ? Integer.parseInt(times[1]) : 1;
        for (int i = 0; i < repeats; i++) {
            double seconds = Double.parseDouble(times[0]) + (times.length > 2 ? i * Double.parseDouble(times[2]) : 0);
            String name = parts[1].replace("%", Integer.toString(i));
            Client client = clients.computeIfAbsent(
                    name,
                    _ -> new Client(
                            clients.size(),
                            "10.0.0." + (name.charAt(0) - 'a' + 1) + ":" + (50_000 + clients.size()),
                            Client.Kind.NETWORK));
            Arguments arguments = arguments(repeats > 1 ? parts[2].replace("%", Integer.toString(i)) : parts[2]);
            commands.add(new CapturedCommand(
                    START + Math.round(seconds * 1e9),
                    client,
                    0,
                    arguments,
                    arguments.wireBytes(),
                    sides.length > 1 ? Optional.of(answer(sides[1])) : Optional.empty()));
        }
    }

    private static Arguments arguments(String text) {
        List<byte[]> arguments = new ArrayList<>();
        Matcher words = WORD.matcher(text);
        while (words.find()) {
            String quoted = words.group(1) != null ? words.group(1) : words.group(2);
            arguments.add(quoted != null ? quoted.getBytes(StandardCharsets.UTF_8) : bytes(words.group(3)));
        }
        return Arguments.ofBytes(arguments);
    }

    private static byte[] bytes(String word) {
        if (word.equals("<java>")) {
            return new byte[] {(byte) 0xAC, (byte) 0xED, 0, 5, 115};
        }
        if (word.startsWith("<json:")) {
            int length = Integer.parseInt(word.substring(6, word.length() - 1));
            return ("{\"x\":\"" + "y".repeat(length - 8) + "\"}").getBytes(StandardCharsets.UTF_8);
        }
        if (word.matches("<\\d+>")) {
            return "z"
                    .repeat(Integer.parseInt(word.substring(1, word.length() - 1)))
                    .getBytes(StandardCharsets.UTF_8);
        }
        return word.getBytes(StandardCharsets.UTF_8);
    }

    private static Answer answer(String text) {
        String[] words = text.split(" ");
        String[] type = words[0].split(":");
        long length = type.length > 1 ? Long.parseLong(type[1]) : 0;
        ReplyType replyType = switch (type[0]) {
            case "ok" -> ReplyType.STATUS;
            case "string" -> ReplyType.STRING;
            case "array" -> ReplyType.ARRAY;
            case "null" -> ReplyType.NULL;
            default -> throw new IllegalArgumentException("no such type: " + type[0]);
        };
        return new Answer(replyType, 5 + length, length, Long.parseLong(words[1]) * 1_000, 0, words.length > 2 ? 1 : 0);
    }
}
