package io.cachewright.optimizer.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.optimizer.advice.Practice;
import io.cachewright.optimizer.advice.Shells;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CodeSnippetsTest {

    private static final Pattern JAVA_TYPE = Pattern.compile("^final class (\\w+)", Pattern.MULTILINE);

    private static final Pattern SCRIPT_LINE = Pattern.compile("redis\\.(call|error_reply|status_reply)\\(");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(Practice.class)
    void everyPracticeHasCodeInEveryLanguage(Practice practice) {
        for (Language language : Language.values()) {
            String code = CodeSnippets.forPractice(practice, language);

            assertThat(code.lines().count())
                    .as("%s in %s", practice, language.label())
                    .isGreaterThanOrEqualTo(8);
            assertThat(code)
                    .as("%s in %s", practice, language.label())
                    .containsIgnoringCase("redis")
                    .doesNotContain("TODO", "FIXME", "127.0.0.1");
        }
    }

    @ParameterizedTest
    @EnumSource(Practice.class)
    void theServersScriptIsTheSameInEveryLanguage(Practice practice) {
        List<String> java = script(CodeSnippets.forPractice(practice, Language.JAVA));

        for (Language language : Language.values()) {
            assertThat(script(CodeSnippets.forPractice(practice, language)))
                    .as(language.label())
                    .isEqualTo(java);
        }
    }

    @Test
    void javaCodeCompilesAndWorksOnARealServer() throws Exception {
        List<JavaFileObject> sources = new ArrayList<>();
        for (Practice practice : Practice.values()) {
            String code = CodeSnippets.forPractice(practice, Language.JAVA);
            Matcher type = JAVA_TYPE.matcher(code);
            assertThat(type.find()).as(practice.name()).isTrue();
            sources.add(source(type.group(1), code));
        }
        try (InputStream driver = CodeSnippetsTest.class.getResourceAsStream("SnippetDriver.java")) {
            assertThat(driver).isNotNull();
            sources.add(source("SnippetDriver", new String(driver.readAllBytes(), StandardCharsets.UTF_8)));
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter output = new StringWriter();
        boolean compiled = compiler.getTask(
                        output,
                        null,
                        null,
                        List.of("-d", directory.toString(), "-classpath", classPath(), "-proc:none"),
                        null,
                        sources)
                .call();
        assertThat(compiled).as(output.toString()).isTrue();

        try (RedisServer server = RedisServer.start(ServerSettings.onTcp());
                URLClassLoader loader = new URLClassLoader(
                        new URL[] {directory.toUri().toURL()}, CodeSnippetsTest.class.getClassLoader())) {
            loader.loadClass("SnippetDriver")
                    .getMethod("run", String.class)
                    .invoke(null, "redis://127.0.0.1:" + server.port().orElseThrow());
        }
    }

    @Test
    void pythonCodeParses() throws IOException, InterruptedException {
        assumeTrue(Shells.has("python3"), "python3 is not installed");
        String[] command = command(List.of("python3", "-m", "py_compile"), Language.PYTHON);

        assertThat(Shells.run("", command)).isEqualTo(new Shells.Outcome(0, ""));
    }

    @Test
    void goCodeIsFormattedAsGoWants() throws IOException, InterruptedException {
        assumeTrue(Shells.has("gofmt"), "gofmt is not installed");
        String[] command = command(List.of("gofmt", "-l", "-e"), Language.GO);

        assertThat(Shells.run("", command)).isEqualTo(new Shells.Outcome(0, ""));
    }

    @Test
    void cppCodeCompilesAgainstItsLibrary() throws IOException, InterruptedException {
        assumeTrue(Shells.has("g++"), "g++ is not installed");
        Shells.Outcome library = Shells.run(
                "#include <sw/redis++/redis++.h>\n#include <openssl/hmac.h>\n",
                "g++",
                "-std=c++17",
                "-fsyntax-only",
                "-x",
                "c++",
                "-");
        assumeTrue(library.status() == 0, "the headers of redis-plus-plus, hiredis and OpenSSL are not installed");
        String[] command = command(List.of("g++", "-std=c++17", "-fsyntax-only"), Language.CPP);

        assertThat(Shells.run("", command).status()).isZero();
    }

    private String[] command(List<String> program, Language language) throws IOException {
        List<String> command = new ArrayList<>(program);
        for (Practice practice : Practice.values()) {
            Path file = directory.resolve(practice.name().toLowerCase(Locale.ROOT) + "." + language.extension());
            Files.writeString(file, CodeSnippets.forPractice(practice, language));
            command.add(file.toString());
        }
        return command.toArray(String[]::new);
    }

    /// The lines of Lua that talk to the server.
    private static List<String> script(String code) {
        return code.lines()
                .filter(line -> SCRIPT_LINE.matcher(line).find())
                .map(String::strip)
                .toList();
    }

    private static JavaFileObject source(String type, String code) {
        return new SimpleJavaFileObject(URI.create("string:///" + type + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return code;
            }
        };
    }

    /// Surefire keeps the whole path in a property of its own when it starts the machine through a manifest.
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
