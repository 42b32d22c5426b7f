package org.dailypapers.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What lies in the operator's folder.
 *
 * @param texts by their names in the folder, with slashes
 * @param faults of files that cannot be read
 */
record OwnFolder(Map<String, String> texts, List<Fault> faults) {

    private static final long LARGEST = 1 << 20;
    private static final int MOST_FILES = 1000;
    private static final int DEEPEST = 4;

    /** Beginning with a dot, or as editors call what they leave beside a file. */
    private static final Pattern HIDDEN = Pattern.compile("\\..*|.*~|#.*#");

    /** What is read; other names are told of without that. */
    private static final Pattern READ =
            Pattern.compile("(letter|page|desk|mailbox|messages)/.*\\.(html|txt|properties)");

    /** What tells whether a file has been written anew. */
    record Stamp(long modified, long size, String key) {}

    static OwnFolder read(Path folder) {
        var texts = new TreeMap<String, String>();
        var faults = new ArrayList<Fault>();
        List<Path> files;
        try {
            files = files(folder, faults);
        } catch (UncheckedIOException e) {
            return new OwnFolder(
                    texts, List.of(new Fault(folder.toString(), 0, "it cannot be read: " + e.getMessage())));
        }
        for (Path file : files) {
            String name = name(folder, file);
            if (!READ.matcher(name).matches()) {
                faults.add(new Fault(name, 0, "it is called like no template and no file of messages"));
                continue;
            }
            try {
                if (Files.size(file) > LARGEST) {
                    faults.add(new Fault(name, 0, "it is larger than " + (LARGEST >> 20) + " MB"));
                    continue;
                }
                texts.put(
                        name,
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                                .toString()
                                .replaceFirst("^\uFEFF", "")
                                .replace("\r\n", "\n"));
            } catch (CharacterCodingException e) {
                faults.add(new Fault(name, 0, "it is not in UTF-8"));
            } catch (IOException e) {
                faults.add(new Fault(name, 0, "it cannot be read: " + e.getMessage()));
            }
        }
        if (files.size() >= MOST_FILES) {
            faults.add(new Fault(
                    folder.toString(), 0, "it holds " + MOST_FILES + " files or more; no more are looked at"));
        }
        return new OwnFolder(texts, faults);
    }

    /** The files as they are now, without reading them. */
    static Map<String, Stamp> stamps(Path folder) {
        var stamps = new TreeMap<String, Stamp>();
        List<Path> files;
        try {
            files = files(folder, new ArrayList<>());
        } catch (UncheckedIOException e) {
            return stamps;
        }
        for (Path file : files) {
            try {
                var known = Files.readAttributes(file, BasicFileAttributes.class);
                stamps.put(
                        name(folder, file),
                        new Stamp(known.lastModifiedTime().toMillis(), known.size(), String.valueOf(known.fileKey())));
            } catch (IOException e) {
                stamps.put(name(folder, file), new Stamp(0, -1, ""));
            }
        }
        return stamps;
    }

    /** All but hidden ones and what editors leave beside a file. */
    private static List<Path> files(Path folder, List<Fault> faults) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        var files = new ArrayList<Path>();
        try {
            Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEEPEST, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes known) {
                    return !directory.equals(folder)
                                    && HIDDEN.matcher(last(directory)).matches()
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes known) {
                    if (known.isRegularFile() && !HIDDEN.matcher(last(file)).matches()) {
                        files.add(file);
                    }
                    return files.size() < MOST_FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
                }

                /** A folder of somebody else's, or a link that leads back, costs the others nothing. */
                @Override
                public FileVisitResult visitFileFailed(Path file, IOException why) {
                    faults.add(new Fault(name(folder, file), 0, "it cannot be read: " + why));
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        files.sort(Comparator.naturalOrder());
        return files;
    }

    private static String last(Path path) {
        return String.valueOf(path.getFileName());
    }

    private static String name(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }
}
