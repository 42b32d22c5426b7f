package org.dailypapers.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

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

    /** What tells whether a file has been written anew. */
    record Stamp(long modified, long size, String key) {}

    static OwnFolder read(Path folder) {
        var texts = new TreeMap<String, String>();
        var faults = new ArrayList<Fault>();
        List<Path> files;
        try {
            files = files(folder);
        } catch (UncheckedIOException e) {
            return new OwnFolder(
                    texts, List.of(new Fault(folder.toString(), 0, "it cannot be read: " + e.getMessage())));
        }
        for (Path file : files) {
            String name = name(folder, file);
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
        return new OwnFolder(texts, faults);
    }

    /** The files as they are now, without reading them. */
    static Map<String, Stamp> stamps(Path folder) {
        var stamps = new TreeMap<String, Stamp>();
        List<Path> files;
        try {
            files = files(folder);
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
    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder, DEEPEST, FileVisitOption.FOLLOW_LINKS)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !name(folder, file).matches("(.*/)?(\\..*|.*~|#.*#)|(.*/)?\\..*/.*"))
                    .limit(MOST_FILES)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }
}
