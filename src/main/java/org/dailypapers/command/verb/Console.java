package org.dailypapers.command.verb;

import java.io.PrintStream;
import java.nio.file.Path;

/**
 * Where a command was called from.
 *
 * @param out standard output
 * @param err standard error
 * @param folder that relative file names begin at
 * @param terminal whether somebody looks on, so that a progress bar makes sense
 */
public record Console(PrintStream out, PrintStream err, Path folder, boolean terminal) {

    void say(String line) {
        out.println(line);
    }

    public void complain(String line) {
        err.println(line);
    }

    Path resolve(String file) {
        return folder.resolve(file).normalize();
    }
}
