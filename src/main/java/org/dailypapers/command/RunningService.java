package org.dailypapers.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Where a running service on an embedded database takes commands: its port and the key that opens it, in a file of the
 * data folder that its owner alone can read.
 */
record RunningService(int port, String key) {

    private static final String NAME = "service";

    static RunningService on(int port) {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return new RunningService(port, HexFormat.of().formatHex(key));
    }

    void announce(Path data) throws IOException {
        Path draft = Files.createTempFile(data, NAME, ".new");
        if (draft.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-------"));
        }
        Files.writeString(draft, port + " " + key + "\n");
        Files.move(draft, data.resolve(NAME), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    static void withdraw(Path data) throws IOException {
        Files.deleteIfExists(data.resolve(NAME));
    }

    /** What a service announced there; it may have died since. */
    static Optional<RunningService> announced(Path data) {
        try {
            String[] fields = Files.readString(data.resolve(NAME)).strip().split(" ");
            return fields.length == 2 && fields[0].matches("[0-9]{1,5}")
                    ? Optional.of(new RunningService(Integer.parseInt(fields[0]), fields[1]))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
