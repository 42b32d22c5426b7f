package org.dailypapers.command.verb;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A mail from standard input, put into a file for the time of a call: the service that takes it in cannot read the
 * caller's input, and nothing is begun before the whole of it is there.
 */
public final class SpooledInput implements AutoCloseable {

    /** What stands for standard input. */
    static final String NAME = "-";

    /** A reader of bounces looks no further than the first megabyte. */
    private static final int MOST = 1 << 20;

    private final Path file;

    private SpooledInput(Path file) {
        this.file = file;
    }

    /** Whether a command, whose arguments are right, reads standard input. */
    public static boolean wanted(String[] arguments) {
        return List.of(arguments).contains(NAME) && List.of(arguments).contains("bounces");
    }

    /** Reads it to its end. */
    public static SpooledInput read(InputStream in, Path folder) throws IOException {
        Path file = Files.createTempFile(folder, "returned", ".eml");
        var spooled = new SpooledInput(file);
        try (var out = Files.newOutputStream(file)) {
            out.write(in.readNBytes(MOST));
            // A writer whose reader stops is told of a broken pipe, and takes it for a failure.
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            spooled.close();
            throw e;
        }
        return spooled;
    }

    /** The arguments with the file in its place. */
    public String[] in(String[] arguments) {
        return Arrays.stream(arguments)
                .map(argument -> argument.equals(NAME) ? file.toAbsolutePath().toString() : argument)
                .toArray(String[]::new);
    }

    /** The status that a pipe is told: what failed for now is tried again. */
    public static int status(int status) {
        return status == Commands.FAILED ? BouncesCommand.LATER : status;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
