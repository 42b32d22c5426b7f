package org.dailypapers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every shell script of the checkout before ShellCheck. */
class ShellScriptsTest {

    private static final Set<String> NOT_OURS = Set.of(".git", "target", "data", "node_modules");

    @TempDir
    Path folder;

    @Test
    void shellCheckFindsNothing() throws Exception {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("run"))) {
            root = root.getParent();
        }
        List<String> scripts = scripts(root);
        assertTrue(scripts.containsAll(List.of("run", "test", "bench", ".ci/run", ".mvn/find-jdk.sh")), "" + scripts);
        Path said = folder.resolve("said.txt");
        assertEquals(0, shellCheck(root, scripts, said), () -> text(said));
    }

    @Test
    void aScriptWithAFaultIsCaught() throws Exception {
        Files.writeString(folder.resolve("bad.sh"), "#!/bin/sh\nrm $1\n");
        Path said = folder.resolve("said.txt");
        assertEquals(1, shellCheck(folder, scripts(folder), said), () -> text(said));
    }

    private static int shellCheck(Path root, List<String> scripts, Path said) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("shellcheck", "--external-sources", "--source-path=SCRIPTDIR"));
        command.addAll(scripts);
        Process process = null;
        try {
            process = new ProcessBuilder(command)
                    .directory(root.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "skipped: shellcheck is not installed");
        }
        return process.waitFor();
    }

    private static List<String> scripts(Path root) throws IOException {
        List<String> found = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                boolean ours = !NOT_OURS.contains(directory.getFileName().toString());
                return ours ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (isScript(file)) {
                    found.add(root.relativize(file).toString());
                }
                return FileVisitResult.CONTINUE;
            }
        });
        found.sort(null);
        return found;
    }

    private static boolean isScript(Path file) throws IOException {
        String name = file.getFileName().toString();
        if (name.contains(".")) {
            return name.endsWith(".sh");
        }
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            String first = reader.readLine();
            return first != null && first.startsWith("#!") && first.endsWith("sh");
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
