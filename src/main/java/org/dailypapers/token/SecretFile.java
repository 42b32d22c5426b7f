package org.dailypapers.token;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/** The secret of an instance that was given none: made once and kept in its data folder, readable by its owner alone. */
public final class SecretFile {

    private static final String NAME = "secret";

    private SecretFile() {}

    /** The secret of that data folder, made where there is none yet. */
    public static String in(Path data) {
        Path file = data.resolve(NAME);
        try {
            Files.createDirectories(data);
            if (!Files.exists(file)) {
                make(file);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("The secret that signs links cannot be kept in " + file, e);
        }
    }

    /**
     * The secret that data folder holds already; empty where it holds none.
     *
     * @throws IllegalArgumentException where the file cannot be read or used, with what to do
     */
    public static Optional<String> existing(Path data) {
        Path file = data.resolve(NAME);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String secret;
        try {
            secret = Files.readString(file).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "The secret that signs links cannot be read from " + file + "; give that file to this user.", e);
        }
        if (secret.length() < SigningKeys.SHORTEST_SECRET) {
            throw new IllegalArgumentException("The secret that signs links is damaged in " + file
                    + "; put the file back from a backup. Without it the links of every letter sent so far are dead;"
                    + " where there is no backup, remove it, and a new one is made.");
        }
        return Optional.of(secret);
    }

    /** Puts the secret of another time into that data folder, in place of the one there. */
    public static void replace(Path data, String secret) throws IOException {
        Path draft = Files.createTempFile(data, NAME, ".new"); // Its owner's alone.
        try {
            Files.writeString(draft, secret + "\n", StandardOpenOption.SYNC);
            Files.move(draft, data.resolve(NAME), StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static void make(Path file) throws IOException {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        Path draft = Files.createTempFile(file.getParent(), NAME, ".new");
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-------"));
        }
        Files.writeString(draft, HexFormat.of().formatHex(secret) + "\n", StandardOpenOption.SYNC);
        try {
            // A link, unlike a move, never replaces the secret that another process has just made.
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            // The one that is there counts.
        } catch (UnsupportedOperationException | FileSystemException e) {
            // A file system without links.
            Files.move(draft, file);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
