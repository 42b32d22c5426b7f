package org.dailypapers.delivery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a JVM's heap still holds after everything that is no longer needed was collected. */
final class LiveHeap {

    private static final Pattern FULL = Pattern.compile("Pause Full .*->(\\d+)M\\(");

    private final Path log;

    /** Of a JVM that is started with these {@link #options()}. */
    LiveHeap() throws IOException {
        log = Files.createTempFile("collections", ".log");
    }

    List<String> options() {
        return List.of("-Xlog:gc:file=" + log);
    }

    /** Collects all of it, and gives what is left, in MB. */
    int after(Process jvm) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(jvm.pid()),
                        "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!jcmd.waitFor(1, TimeUnit.MINUTES) || jcmd.exitValue() != 0) {
            jcmd.destroy();
            throw new IOException("jcmd could not have the JVM " + jvm.pid() + " collect its heap");
        }
        List<MatchResult> full = Files.readAllLines(log).stream()
                .map(FULL::matcher)
                .filter(Matcher::find)
                .map(Matcher::toMatchResult)
                .toList();
        if (full.isEmpty()) {
            throw new IOException("No full collection stands in " + log);
        }
        return Integer.parseInt(full.getLast().group(1));
    }
}
