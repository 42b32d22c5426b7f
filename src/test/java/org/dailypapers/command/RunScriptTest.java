package org.dailypapers.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code run} in a checkout whose Maven and Java are stand-ins. */
class RunScriptTest {

    @TempDir
    Path checkout;

    private record Ended(int status, List<String> out, List<String> err) {}

    @BeforeEach
    void checkOut() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/env")), "skipped: there is no shell of Unix here");
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("run"))) {
            root = root.getParent();
        }
        Files.copy(root.resolve("run"), checkout.resolve("run"));
        for (String folder : List.of("src/main", "templates", "jdk/bin", ".mvn")) {
            Files.createDirectories(checkout.resolve(folder));
        }
        Files.createFile(checkout.resolve("pom.xml"));
        // The real one, but for the JDK that it finds.
        Files.writeString(
                checkout.resolve(".mvn/find-jdk.sh"),
                Files.readString(root.resolve(".mvn/find-jdk.sh")) + "find_jdk() { JAVA_HOME=$PWD/jdk; }\n");
        script(
                "jdk/bin/java",
                "umask; echo \"locale $LC_ALL\"; echo \"home $HOME\"; echo \"all $*\"; for each; do :; done; echo \"$each\"");
        script("mvnw", "echo \"the compiler speaks\"");
    }

    private void script(String name, String body) throws IOException {
        Path file = Files.writeString(checkout.resolve(name), "#!/bin/sh\n" + body + "\n");
        assertTrue(file.toFile().setExecutable(true));
    }

    private Ended run(String... arguments) throws IOException, InterruptedException {
        return run(Map.of(), arguments);
    }

    /** An empty value takes the variable away. */
    private Ended run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        Path out = checkout.resolve("out.txt");
        Path err = checkout.resolve("err.txt");
        var command = new java.util.ArrayList<>(
                List.of("bash", checkout.resolve("run").toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command);
        environment.forEach((name, value) -> {
            builder.environment().remove(name);
            if (!value.isEmpty()) {
                builder.environment().put(name, value);
            }
        });
        int status = builder.redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start()
                .waitFor();
        return new Ended(
                status,
                Files.readAllLines(out, StandardCharsets.UTF_8),
                Files.readAllLines(err, StandardCharsets.UTF_8));
    }

    @Test
    void aBuildSaysHowLongItTakesAndTookAndLeavesTheOutputToTheCommand() throws Exception {
        Ended first = run("match", "speech");
        assertEquals(0, first.status(), first.toString());
        assertEquals("speech", first.out().getLast());
        assertEquals(2, first.err().size(), first.toString());
        assertTrue(first.err().getFirst().matches("Building, .* a minute.*"), first.toString());
        assertTrue(first.err().getLast().matches("Built in [0-9]+ s\\."), first.toString());
        Ended second = run("match", "speech");
        assertEquals(List.of(), second.err());
    }

    @Test
    void aBuildThatFailsSaysWhyAndRunsNothing() throws Exception {
        script("mvnw", "echo 'ERROR: no such class'; exit 3");
        Ended ended = run();
        assertEquals(1, ended.status());
        assertEquals(List.of(), ended.out());
        assertTrue(ended.err().contains("ERROR: no such class"), ended.toString());
        assertTrue(ended.err().getLast().startsWith("The build failed"), ended.toString());
        script("mvnw", "exit 0");
        assertEquals(0, run().status(), "and it is tried again");
    }

    @Test
    void whatIsWrittenIsItsOwnersAlone() throws Exception {
        assertEquals("0077", run("close").out().getFirst());
    }

    @Test
    void itStartsWhereNoHomeIsSet() throws Exception {
        Ended ended = run(Map.of("HOME", "", "JAVA_HOME", ""), "close");
        assertEquals(0, ended.status(), ended.toString());
        assertTrue(ended.out().stream().anyMatch(line -> line.matches("home .+")), ended.toString());
    }

    @Test
    void javaIsGivenALocaleInWhichNoLetterOfASettingIsLost() throws Exception {
        for (Map<String, String> environment : List.of(
                Map.of("LC_ALL", "", "LC_CTYPE", "", "LANG", ""),
                Map.of("LC_ALL", "C", "LC_CTYPE", "", "LANG", "en_US.UTF-8"),
                Map.of("LC_ALL", "POSIX"))) {
            assertTrue(run(environment, "close").out().contains("locale C.UTF-8"), environment.toString());
        }
        assertTrue(run(Map.of("LC_ALL", "de_DE.utf8"), "close").out().contains("locale de_DE.utf8"));
    }

    @Test
    void aDatabaseInTheFileOfSettingsIsSeen() throws Exception {
        for (String line : List.of("DATABASE_URL=x", " export DATABASE_URL = x")) {
            Files.writeString(checkout.resolve(".env"), line + "\n");
            String all = run(Map.of("DATABASE_URL", ""), "close").out().toString();
            assertTrue(all.contains("quarkus-app-postgresql"), all);
        }
        Files.writeString(checkout.resolve(".env"), "#DATABASE_URL=x\nDATABASE_URL= \n");
        String all = run(Map.of("DATABASE_URL", ""), "close").out().toString();
        assertFalse(all.contains("postgresql"), all);
    }
}
