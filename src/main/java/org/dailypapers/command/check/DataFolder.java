package org.dailypapers.command.check;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The data folder, which is its owner's alone: readers' addresses, caught mail and the secret behind every link lie in it.
 * Where the file system knows no rights of POSIX, nothing is done.
 */
final class DataFolder {

    private static final Set<PosixFilePermission> FOLDERS = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILES = PosixFilePermissions.fromString("rw-------");
    private static final List<String> DATABASE = List.of("papers.mv.db", "papers.trace.db");
    private static final String MAILBOX = "mailbox";

    /** The service's own files; an operator's beside them keep their rights. */
    private static final String OURS = "papers\\..+|secret.*|service.*|probe.*|leavings\\..+";

    /** A folder that everybody may write in, as /tmp is; it is not ours to close. */
    private static final int STICKY = 01000;

    private final Path folder;

    DataFolder(Path folder) {
        this.folder = folder;
    }

    /** Makes it where it does not exist, and with {@code embedded} the database's files, which H2 would leave open to all. */
    void make(boolean embedded) throws IOException {
        if (!Files.isDirectory(folder)) {
            Path parent = Objects.requireNonNull(folder.toAbsolutePath().getParent(), "the root is there");
            Files.createDirectories(parent);
            if (posix(parent)) {
                Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(FOLDERS));
            } else {
                Files.createDirectory(folder);
            }
        }
        if (embedded && posix(folder)) {
            for (String file : DATABASE) {
                try {
                    Files.createFile(folder.resolve(file), PosixFilePermissions.asFileAttribute(FILES));
                } catch (FileAlreadyExistsException there) {
                    // It has been opened before.
                }
            }
        }
    }

    /** Takes away what others may do there; a line that says so, empty where nothing was to be done. */
    Optional<String> close() throws IOException {
        if (!posix(folder)) {
            return Optional.empty();
        }
        var open = new ArrayList<Path>();
        for (Path each : ours()) {
            if (!own(each).containsAll(Files.getPosixFilePermissions(each))) {
                open.add(each);
            }
        }
        if (open.isEmpty()) {
            return Optional.empty();
        }
        Path shown = folder.toAbsolutePath().normalize();
        try {
            if (((Integer) Files.getAttribute(folder, "unix:mode") & STICKY) != 0) {
                return Optional.of(
                        "The data folder " + shown + " is everybody's; set DAILY_PAPERS_DATA to a folder of its own.");
            }
            for (Path each : open) {
                Set<PosixFilePermission> kept = Files.getPosixFilePermissions(each);
                kept.retainAll(own(each));
                Files.setPosixFilePermissions(each, kept);
            }
        } catch (IOException e) {
            return Optional.of("The data folder " + shown
                    + " can be read by others, and this user may not change that; as its owner run: chmod -R go= "
                    + shown);
        }
        return Optional.of("The data folder " + shown + " could be read by others; now its owner alone can.");
    }

    private List<Path> ours() throws IOException {
        var ours = new ArrayList<Path>();
        ours.add(folder);
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> Files.isRegularFile(file)
                            && file.getFileName().toString().matches(OURS))
                    .forEach(ours::add);
        }
        Path mailbox = folder.resolve(MAILBOX);
        if (Files.isDirectory(mailbox)) {
            ours.add(mailbox);
            try (Stream<Path> letters = Files.list(mailbox)) {
                letters.filter(Files::isRegularFile).forEach(ours::add);
            }
        }
        return ours;
    }

    private static Set<PosixFilePermission> own(Path path) {
        return Files.isDirectory(path) ? FOLDERS : FILES;
    }

    private static boolean posix(Path path) throws IOException {
        return Files.getFileStore(path).supportsFileAttributeView(PosixFileAttributeView.class);
    }
}
