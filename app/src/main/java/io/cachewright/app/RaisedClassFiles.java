package io.cachewright.app;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.jspecify.annotations.Nullable;

/// Makes the classes of old libraries such that the JVM can keep them in the notes of a [TrialRun].
///
/*
 * Class files before version 50 (Java 6) have no stack maps. The JVM verifies them anew at each start, and leaves them out of
 * what it keeps. picocli is of version 49. Such classes get stack maps and a version that has them; what they do stays.
 */
final class RaisedClassFiles {

    private static final String CLASS = ".class";
    private static final String SIGNATURE = ".SF";

    private RaisedClassFiles() {}

    /// @param jars each is replaced where it holds old classes
    public static void main(String... jars) throws IOException {
        for (String jar : jars) {
            raise(Path.of(jar));
        }
    }

    /// Gives how many classes were raised; when none were, the file is left as it is.
    static int raise(Path jar) throws IOException {
        Map<String, byte[]> entries = entries(jar);
        if (entries.keySet().stream().anyMatch(name -> name.startsWith("META-INF/") && name.endsWith(SIGNATURE))) {
            return 0;
        }
        ClassFile stackMaps = ClassFile.of(
                ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                ClassFile.ClassHierarchyResolverOption.of(hierarchy(entries)));
        int raised = 0;
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            if (entry.getKey().endsWith(CLASS)) {
                Optional<byte[]> recent = raise(stackMaps, entry.getValue());
                recent.ifPresent(entry::setValue);
                raised += recent.isPresent() ? 1 : 0;
            }
        }
        if (raised > 0) {
            write(entries, jar);
        }
        return raised;
    }

    private static Map<String, byte[]> entries(Path jar) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            for (JarEntry entry : file.stream().toList()) {
                try (InputStream content = file.getInputStream(entry)) {
                    entries.put(entry.getName(), content.readAllBytes());
                }
            }
        }
        return entries;
    }

    /// What extends what: looked up in the jar first, then in the JDK.
    private static ClassHierarchyResolver hierarchy(Map<String, byte[]> entries) {
        return ClassHierarchyResolver.ofResourceParsing(type -> resource(entries, type))
                .orElse(ClassHierarchyResolver.defaultResolver())
                .cached();
    }

    private static @Nullable InputStream resource(Map<String, byte[]> entries, ClassDesc type) {
        String descriptor = type.descriptorString();
        byte[] found = entries.get(descriptor.substring(1, descriptor.length() - 1) + CLASS);
        return found == null ? null : new ByteArrayInputStream(found);
    }

    /// Empty where the class is recent enough, or uses classes that are not there.
    private static Optional<byte[]> raise(ClassFile stackMaps, byte[] bytes) {
        ClassModel old = stackMaps.parse(bytes);
        if (old.majorVersion() >= ClassFile.JAVA_6_VERSION) {
            return Optional.empty();
        }
        ClassTransform version = (builder, element) -> {
            if (element instanceof ClassFileVersion) {
                builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
            } else {
                builder.with(element);
            }
        };
        try {
            return Optional.of(stackMaps.transformClass(
                    old, version.andThen(ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL))));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static void write(Map<String, byte[]> entries, Path jar) throws IOException {
        Path beside = jar.resolveSibling(jar.getFileName() + ".raised");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(beside))) {
            entries.forEach((name, content) -> {
                try {
                    out.putNextEntry(new JarEntry(name));
                    out.write(content);
                    out.closeEntry();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        Files.move(beside, jar, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
