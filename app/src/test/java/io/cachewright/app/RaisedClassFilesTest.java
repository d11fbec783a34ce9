package io.cachewright.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// Old class files, of which picocli's are the ones at hand.
class RaisedClassFilesTest {

    private static final String CLASS = ".class";

    @TempDir
    private Path directory;

    @Test
    void oldClassesGetStackMapsAndStillWork() throws Exception {
        Path jar = copyOfPicocli();
        assertThat(oldClassesIn(jar)).isNotEmpty();
        List<String> names = names(jar);

        assertThat(RaisedClassFiles.raise(jar)).isPositive();

        assertThat(names(jar)).isEqualTo(names);
        assertThat(oldClassesIn(jar)).allMatch(name -> name.startsWith("picocli/groovy/"));
        try (URLClassLoader raised =
                new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            Class<?> commandLine = verified(raised, names);
            Object help = raised.loadClass("picocli.CommandLine$HelpCommand")
                    .getDeclaredConstructor()
                    .newInstance();
            Object line = commandLine.getConstructor(Object.class).newInstance(help);
            assertThat(commandLine.getMethod("getUsageMessage").invoke(line))
                    .isEqualTo(new CommandLine(new CommandLine.HelpCommand()).getUsageMessage());
        }
    }

    @Test
    void recentLibrariesStayAsTheyAre() throws IOException, URISyntaxException {
        Path jar = copyOfPicocli();
        assertThat(RaisedClassFiles.raise(jar)).isPositive();
        byte[] raised = Files.readAllBytes(jar);

        assertThat(RaisedClassFiles.raise(jar)).isZero();

        assertThat(jar).hasBinaryContent(raised);
    }

    @Test
    void signedLibrariesStayAsTheyAre() throws IOException, URISyntaxException {
        Path jar = copyOfPicocli();
        Path signed = directory.resolve("signed.jar");
        try (JarFile from = new JarFile(jar.toFile());
                JarOutputStream to = new JarOutputStream(Files.newOutputStream(signed))) {
            String one = "picocli/CommandLine.class";
            to.putNextEntry(new JarEntry("META-INF/KEY.SF"));
            to.putNextEntry(new JarEntry(one));
            from.getInputStream(from.getJarEntry(one)).transferTo(to);
        }
        byte[] before = Files.readAllBytes(signed);

        assertThat(RaisedClassFiles.raise(signed)).isZero();

        assertThat(signed).hasBinaryContent(before);
    }

    /// Every class is initialised, and with it verified; gives the main one.
    private static Class<?> verified(ClassLoader raised, List<String> names) throws ClassNotFoundException {
        for (String name : names) {
            if (name.startsWith("picocli/CommandLine") && name.endsWith(CLASS)) {
                Class<?> type = Class.forName(
                        name.substring(0, name.length() - CLASS.length()).replace('/', '.'), true, raised);
                assertThat(type.getClassLoader()).isSameAs(raised);
            }
        }
        return raised.loadClass("picocli.CommandLine");
    }

    private Path copyOfPicocli() throws IOException, URISyntaxException {
        Path picocli = Path.of(CommandLine.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        return Files.copy(picocli, directory.resolve("picocli.jar"));
    }

    private static List<String> names(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream().map(JarEntry::getName).toList();
        }
    }

    private static List<String> oldClassesIn(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .filter(entry -> entry.getName().endsWith(CLASS))
                    .filter(entry -> majorVersion(file, entry) < ClassFile.JAVA_6_VERSION)
                    .map(JarEntry::getName)
                    .toList();
        }
    }

    private static int majorVersion(JarFile file, JarEntry entry) {
        try (InputStream content = file.getInputStream(entry)) {
            byte[] head = content.readNBytes(8);
            return (head[6] & 0xff) << 8 | (head[7] & 0xff);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
