package org.dailypapers.delivery;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file system of some megabytes in memory, which can be filled up; needs root and {@code mount}. */
final class SmallDisk implements Closeable {

    private static final int PIECE = 1 << 14;

    private final Path folder;
    private final Path ballast;

    /** @param folder that it is mounted at */
    SmallDisk(Path folder, int megabytes) throws IOException, InterruptedException {
        this.folder = folder;
        ballast = folder.resolve("ballast");
        Files.createDirectories(folder);
        if (!done("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "daily-papers", folder.toString())) {
            throw new IllegalStateException("mount refused a tmpfs at " + folder);
        }
    }

    /** Whether one can be mounted here. */
    static boolean possible() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("disk");
        try (var disk = new SmallDisk(folder, 1)) {
            return disk.free() > 0;
        } catch (IllegalStateException e) {
            return false;
        } finally {
            Files.delete(folder);
        }
    }

    long free() throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    /** Takes all room that is left at this moment. */
    void fill() throws IOException {
        try (OutputStream out = Files.newOutputStream(ballast, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (free() > 0) {
                out.write(new byte[(int) Math.min(PIECE, free())]);
            }
        } catch (IOException e) {
            if (free() >= PIECE) {
                throw e;
            }
        }
    }

    /** Gives back what was taken. */
    void empty() throws IOException {
        Files.deleteIfExists(ballast);
    }

    private static boolean done(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false; // There is no such program here.
        }
    }

    @Override
    public void close() throws IOException {
        try {
            done("umount", "-l", folder.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
