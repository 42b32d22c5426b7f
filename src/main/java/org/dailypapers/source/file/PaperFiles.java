package org.dailypapers.source.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.dailypapers.source.JsonFields;
import org.dailypapers.source.PaperRecord;

/** The files from which papers can be read, in any of the formats. */
public final class PaperFiles {
    private static final int HEAD = 1 << 16;

    /** In the order in which they are tried. */
    private static final List<PaperFormat> FORMATS = Stream.concat(
                    Stream.of(new HfJsonFormat(), new JsonLinesFormat(), new PageTextFormat()),
                    ArxivFormat.ALL.stream())
            .toList();

    private PaperFiles() {}

    /** The formats' names. */
    public static List<String> formats() {
        return FORMATS.stream().map(PaperFormat::name).toList();
    }

    /**
     * The format of this name.
     *
     * @throws IllegalArgumentException where there is none, with those that there are in one line
     */
    public static PaperFormat format(String name) {
        return FORMATS.stream()
                .filter(format -> format.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no format " + JsonFields.excerpt(name) + "; known are " + String.join(", ", formats())));
    }

    /**
     * Reads a file to its end and hands over each paper, or why it cannot be used, in the file's order.
     *
     * @param format the format's name; recognised by content and file name where empty
     * @param date the edition of papers whose record names none, and of a copied page
     * @throws UnreadableFileException where the file cannot be read at all, or breaks off; the message begins with its
     *     name, and what came before the break has been handed over
     */
    public static void read(
            Path file,
            Optional<String> format,
            Optional<LocalDate> date,
            Consumer<PaperRecord> accept,
            Consumer<Rejection> reject)
            throws UnreadableFileException {
        read(file, format, date, chosen -> {}, accept, reject);
    }

    /**
     * Reads a file likewise.
     *
     * @param chosen told the format before anything is handed over
     */
    public static void read(
            Path file,
            Optional<String> format,
            Optional<LocalDate> date,
            Consumer<PaperFormat> chosen,
            Consumer<PaperRecord> accept,
            Consumer<Rejection> reject)
            throws UnreadableFileException {
        try (InputStream in = open(file)) {
            byte[] head = head(in);
            PaperFormat reader = format.isPresent() ? named(format.get()) : recognised(head, file);
            chosen.accept(reader);
            reader.read(in, new PaperFormat.Context(date), accept, reject);
        } catch (UnreadableFileException unreadable) {
            throw new UnreadableFileException(file + ": " + unreadable.getMessage(), unreadable);
        } catch (NoSuchFileException missing) {
            throw new UnreadableFileException(file + ": no such file", missing);
        } catch (AccessDeniedException denied) {
            throw new UnreadableFileException(file + ": permission denied", denied);
        } catch (IOException broken) {
            throw new UnreadableFileException(file + ": cannot be read: " + broken.getMessage(), broken);
        }
    }

    private static InputStream open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new UnreadableFileException("is a folder; name the files in it");
        }
        return new BufferedInputStream(Files.newInputStream(file), HEAD);
    }

    /** The first bytes, which stay to be read, but for a byte order mark of UTF-8. */
    private static byte[] head(InputStream in) throws IOException {
        in.mark(HEAD);
        if (!startsWith(in.readNBytes(3), 0xEF, 0xBB, 0xBF)) {
            in.reset();
        }
        in.mark(HEAD);
        byte[] head = in.readNBytes(HEAD);
        in.reset();
        requireText(head);
        return head;
    }

    private static void requireText(byte[] head) throws UnreadableFileException {
        if (isBlank(head)) {
            throw new UnreadableFileException("the file is empty");
        }
        if (startsWith(head, 0x1F, 0x8B)) {
            throw new UnreadableFileException("compressed with gzip; decompress it first, as with gunzip");
        }
        boolean nul = head[0] == 0 || head.length > 1 && head[1] == 0;
        if (nul || startsWith(head, 0xFF, 0xFE) || startsWith(head, 0xFE, 0xFF)) {
            throw new UnreadableFileException("UTF-16 or binary, not UTF-8; convert it first, as with iconv -t UTF-8");
        }
    }

    private static boolean isBlank(byte[] head) {
        for (byte each : head) {
            if (each != ' ' && each != '\t' && each != '\r' && each != '\n') {
                return false;
            }
        }
        return head.length < HEAD;
    }

    private static boolean startsWith(byte[] head, int... bytes) {
        for (int at = 0; at < bytes.length; at++) {
            if (head.length <= at || (head[at] & 0xff) != bytes[at]) {
                return false;
            }
        }
        return true;
    }

    private static PaperFormat named(String name) throws UnreadableFileException {
        try {
            return format(name);
        } catch (IllegalArgumentException unknown) {
            throw new UnreadableFileException(unknown.getMessage(), unknown);
        }
    }

    private static PaperFormat recognised(byte[] head, Path file) throws UnreadableFileException {
        String name = file.getFileName() == null ? "" : file.getFileName().toString();
        for (PaperFormat format : FORMATS) {
            if (format.recognises(head, name)) {
                return format;
            }
        }
        throw new UnreadableFileException(
                "no format is recognised; name one of " + String.join(", ", formats()) + " with --format");
    }
}
