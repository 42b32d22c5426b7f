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
        Files.copy(root.resolve(".mvn/quick-start.sh"), checkout.resolve(".mvn/quick-start.sh"));
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
        for (String line :
                List.of("DATABASE_URL=x", " export DATABASE_URL = x", "DATABASE_URL='x' # y", "\uFEFFDATABASE_URL=x")) {
            Files.writeString(checkout.resolve(".env"), line + "\n");
            String all = run(Map.of("DATABASE_URL", ""), "close").out().toString();
            assertTrue(all.contains("quarkus-app-postgresql"), all);
        }
        for (String none : List.of("#DATABASE_URL=x\nDATABASE_URL= \n", "DATABASE_URL=\"\"\n")) {
            Files.writeString(checkout.resolve(".env"), none);
            String all = run(Map.of("DATABASE_URL", ""), "close").out().toString();
            assertFalse(all.contains("postgresql"), all);
        }
        Files.writeString(checkout.resolve(".env"), "JAVA_OPTS=\"-Xms1g -Xmx1g\"\n");
        String all = run(Map.of("JAVA_OPTS", ""), "close").out().toString();
        assertTrue(all.contains(" -Xms1g -Xmx1g --enable"), all);
    }

    /** A Java that says so in its folder, and makes caches as that version does. */
    private void javaIs(String version, String create) throws IOException {
        Files.writeString(checkout.resolve("jdk/release"), "JAVA_RUNTIME_VERSION=\"" + version + "\"\n");
        script("mvnw", "mkdir -p target/quarkus-app; touch target/quarkus-app/quarkus-run.jar");
        script("jdk/bin/java", """
                mode= cache=
                for each; do
                  case $each in
                    -XX:AOTMode=*) mode=${each#*=} ;;
                    -XX:AOTCache=*) cache=${each#*=} ;;
                  esac
                done
                [ -z "$mode" ] || echo "$mode" >>"$(dirname "$0")/../made"
                case $mode in
                  create) %s ;;
                  on) grep -q whole "$cache" ;;
                  '') echo "all $*" ;;
                esac
                """.formatted(create));
    }

    private static final String WELL = "echo half >\"$cache\"; sleep 0.1; echo whole >\"$cache\"";

    private List<String> made() throws IOException {
        Path made = checkout.resolve("jdk/made");
        return Files.exists(made) ? Files.readAllLines(made) : List.of();
    }

    private List<String> kept() throws IOException {
        try (var files = Files.list(checkout.resolve("target/quarkus-app/aot"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static boolean usesACache(Ended ended) {
        assertEquals(0, ended.status(), ended.toString());
        return ended.out().getLast().contains("-XX:AOTCache=target/quarkus-app/aot/");
    }

    @Test
    void aBuildMakesJavasCacheOnceAndEveryStartUsesIt() throws Exception {
        javaIs("25.0.1+8-LTS", WELL);
        Ended first = run("match", "speech");
        assertTrue(usesACache(first), first.toString());
        assertTrue(first.err().getLast().startsWith("Quick starts are prepared"), first.toString());
        assertEquals(List.of("record", "create", "on"), made());
        assertEquals(1, kept().size(), kept().toString());
        Ended second = run();
        assertTrue(usesACache(second), second.toString());
        assertEquals(List.of(), second.err());
        assertEquals(3, made().size());
    }

    @Test
    void aJavaThatKnowsNoCacheGoesWithout() throws Exception {
        for (String version : List.of("21.0.5+11-LTS", "24.0.2+12", "9.0.4")) {
            javaIs(version, WELL);
            Ended ended = run();
            assertFalse(usesACache(ended), ended.toString());
            assertFalse(Files.exists(checkout.resolve("target/quarkus-app/aot")), version);
            assertTrue(ended.out().getLast().contains("-Xmx512m"), ended.toString());
        }
    }

    @Test
    void aCacheThatCannotBeMadeIsLeftOutAndNotTriedAgainBeforeTheNextBuild() throws Exception {
        for (String create : List.of("exit 1", "echo half >\"$cache\"", "echo whole >\"$cache\"; exit 1", ":")) {
            javaIs("25.0.1+8", create);
            Files.deleteIfExists(checkout.resolve("jdk/made"));
            touch("pom.xml");
            Ended ended = run("close");
            assertFalse(usesACache(ended), create);
            int tried = made().size();
            assertTrue(tried > 0, create);
            assertFalse(usesACache(run()), create);
            assertEquals(tried, made().size(), create);
            assertTrue(kept().stream().noneMatch(name -> name.endsWith(".aot") || name.contains(".part")), create);
        }
        javaIs("25.0.1+8", WELL);
        touch("pom.xml");
        assertTrue(usesACache(run()));
    }

    /** Newer than all that was written so far. */
    private void touch(String name) throws IOException {
        Files.setLastModifiedTime(
                checkout.resolve(name), java.nio.file.attribute.FileTime.fromMillis(System.currentTimeMillis() + 1));
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aCheckoutThatCannotBeWrittenStartsWithoutAWord() throws Exception {
        javaIs("25.0.1+8", WELL);
        run("--help");
        deleteCaches();
        Files.delete(checkout.resolve("target/quarkus-app/aot"));
        Files.createFile(checkout.resolve("target/quarkus-app/aot"));
        Ended ended = run();
        assertFalse(usesACache(ended), ended.toString());
        assertEquals(List.of(), ended.err());
    }

    private void deleteCaches() throws IOException {
        for (String name : kept()) {
            Files.delete(checkout.resolve("target/quarkus-app/aot").resolve(name));
        }
    }

    @Test
    void aChangedJarOrAnotherJavaHasItsCacheMadeByTheServiceAndNoCommandWaitsForIt() throws Exception {
        javaIs("25.0.1+8", WELL);
        assertTrue(usesACache(run()));
        touch("target/quarkus-app/quarkus-run.jar");
        assertFalse(usesACache(run("close")));
        assertEquals(3, made().size());
        assertTrue(usesACache(run()));
        assertEquals(6, made().size());
        javaIs("26+1", WELL);
        assertFalse(usesACache(run("close")));
        assertTrue(usesACache(run()));
        assertEquals(9, made().size());
        javaIs("25.0.1+8", WELL);
        assertTrue(usesACache(run("close")));
        assertEquals(2, kept().size(), kept().toString());
    }

    @Test
    void ofTwoStartsAtOnceOneMakesTheCacheAndTheOtherGoesOn() throws Exception {
        javaIs("25.0.1+8", WELL);
        assertTrue(usesACache(run()));
        String cache = kept().getFirst();
        Path state = checkout.resolve("target/quarkus-app/aot").resolve(cache + ".state");
        deleteCaches();
        Files.writeString(state, ProcessHandle.current().pid() + "\n");
        assertFalse(usesACache(run()));
        assertEquals(3, made().size());
        // Whoever began it has died.
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Files.writeString(state, dead.pid() + "\n");
        assertTrue(usesACache(run()));
        deleteCaches();
        List<Process> starts = new java.util.ArrayList<>();
        for (int i = 0; i < 4; i++) {
            starts.add(new ProcessBuilder("bash", checkout.resolve("run").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start());
        }
        for (Process start : starts) {
            assertEquals(0, start.waitFor());
        }
        assertEquals(List.of(cache), kept());
        assertEquals(
                "whole",
                Files.readString(checkout.resolve("target/quarkus-app/aot").resolve(cache))
                        .strip());
    }

    @Test
    void whatJavaOptsSaysReplacesWhatJavaIsToldOtherwise() throws Exception {
        javaIs("25.0.1+8", WELL);
        String plain = run().out().getLast();
        assertTrue(plain.contains("-XX:+UseSerialGC -Xms32m -Xmx512m -XX:NewSize=16m -XX:SurvivorRatio=4"), plain);
        String own =
                run(Map.of("JAVA_OPTS", "-Xmx2g -XX:+UseG1GC"), "close").out().getLast();
        assertFalse(own.contains("Serial") || own.contains("-Xms32m") || own.contains("-Xmx512m"), own);
        assertTrue(own.contains("-XX:AOTCache") && own.contains("-Xlog:aot*=off"), own);
        assertFalse(usesACache(run(Map.of("JAVA_OPTS", "-Xshare:off"), "close")), "the cache can be left out as well");
        for (String given :
                List.of("-XX:MaxRAMPercentage=50", "-Dx=1\n-Xmx2g\n", "-Dx=1\t-Xmx2g", "@/etc/java-options")) {
            String tool = run(Map.of("JDK_JAVA_OPTIONS", given), "close").out().getLast();
            assertFalse(tool.contains("-Xmx512m"), tool);
        }
    }

    @Test
    void onlyShortCommandsDoWithTheFirstCompilerAlone() throws Exception {
        javaIs("25.0.1+8", WELL);
        String one = "-XX:TieredStopAtLevel=1";
        for (String command : List.of("doctor", "match", "deliveries", "--help")) {
            assertTrue(run(command).out().getLast().contains(one), command);
        }
        for (String command : List.of("import", "ingest", "digest", "subscribers")) {
            assertFalse(run(command).out().getLast().contains(one), command);
        }
        assertFalse(run().out().getLast().contains(one));
    }
}
