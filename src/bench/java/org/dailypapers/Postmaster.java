package org.dailypapers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The first process of a PostgreSQL on this machine.
 *
 * @param data the folder of its data
 */
public record Postmaster(Path data) {

    private static final long PATIENCE_SECONDS = 60;

    /**
     * Stops it as a crash does, without a checkpoint, and starts it again with the port and the options that it had.
     * Returns when it takes connections.
     */
    public void restart() throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("unshare", "-U")); // PostgreSQL does not start as root.
        }
        command.addAll(List.of(programs().resolve("pg_ctl").toString(), "restart", "-m", "immediate", "-w"));
        command.addAll(List.of("-t", Long.toString(PATIENCE_SECONDS)));
        command.addAll(List.of("-D", data.toString(), "-l", said("server").toString()));
        Process restart = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said("pg_ctl").toFile())
                .start();
        if (!restart.waitFor(2 * PATIENCE_SECONDS, TimeUnit.SECONDS) || restart.exitValue() != 0) {
            throw new IllegalStateException("PostgreSQL did not start again: " + Files.readString(said("pg_ctl")));
        }
    }

    private Path said(String program) {
        return data.resolveSibling(data.getFileName() + "." + program + ".txt");
    }

    private Path programs() throws IOException {
        long id = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
        return ProcessHandle.of(id)
                .flatMap(process -> process.info().command())
                .map(command -> Path.of(command).getParent())
                .orElseThrow(() -> new IllegalStateException("No postmaster runs on " + data));
    }
}
