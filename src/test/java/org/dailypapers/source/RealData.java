package org.dailypapers.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The real data beside the project, where it is present. */
public final class RealData {

    private RealData() {}

    /** A file or folder of the real data; the test is skipped where it is not there. */
    public static Path path(String name) {
        Path root = Path.of(System.getProperty("user.dir")).toAbsolutePath();
        while (root != null && !Files.exists(root.resolve("pom.xml"))) {
            root = root.getParent();
        }
        Path path = root == null
                ? Path.of(name)
                : root.resolve("../shared/data").resolve(name).normalize();
        Assumptions.assumeTrue(Files.exists(path), "skipped: the real data are not here: ../shared/data/" + name);
        return path;
    }

    /** The files of a folder whose names end like this, in order. */
    public static List<Path> files(String folder, String end) {
        try (Stream<Path> files = Files.walk(path(folder))) {
            return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
