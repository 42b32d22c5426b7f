package org.dailypapers.mailbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The letters caught, as numbered files in one folder: {@code 000001.eml} and beside it {@code 000001.envelope}. The
 * newest 1,000 letters are kept, and of these no more than 200 MB; it survives a restart and a kill. One process at a
 * time may own the folder; within it all methods may be called by any thread.
 */
public final class CaughtMail {

    /** How many letters a page of the list holds. */
    public static final int PAGE = 50;

    private static final Logger LOG = Logger.getLogger(CaughtMail.class);
    private static final Pattern NUMBERED = Pattern.compile("(\\d{6,9})\\.(eml|envelope)(\\.part)?");

    private final Path folder;
    private final Clock clock;
    private final int lettersKept;
    private final long bytesKept;
    private final ConcurrentSkipListMap<Integer, Letter> letters = new ConcurrentSkipListMap<>();
    private final AtomicInteger last = new AtomicInteger();
    private long bytesHeld;

    /**
     * The mail in a folder, which is made where it does not exist.
     *
     * @param folder where the files lie, itself
     * @param clock tells when a letter is received
     * @throws UncheckedIOException where the folder cannot be made or read
     */
    public CaughtMail(Path folder, Clock clock) {
        this(folder, clock, 1_000, 200_000_000L);
    }

    CaughtMail(Path folder, Clock clock, int lettersKept, long bytesKept) {
        this.folder = folder;
        this.clock = clock;
        this.lettersKept = lettersKept;
        this.bytesKept = bytesKept;
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder, ownersAlone(folder, "rwx------"));
            }
            try (Stream<Path> files = Files.list(folder)) {
                files.sorted().forEach(this::takeUp);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the mailbox folder " + folder + " cannot be used; make it writable", e);
        }
    }

    /**
     * Keeps a letter and returns its number; when it returns, the letter is on disk.
     *
     * @param bytes an RFC 5322 message, kept byte for byte whether it is well-formed or not
     * @throws UncheckedIOException where it cannot be written; nothing of it is kept then
     */
    public int add(Envelope envelope, byte[] bytes) {
        int number = last.incrementAndGet();
        Instant received = clock.instant();
        try {
            // The message comes last: a letter exists from the moment its .eml does.
            write(
                    envelopeFile(number),
                    new EnvelopeFile(envelope, received).text().getBytes(StandardCharsets.UTF_8));
            write(messageFile(number), bytes);
        } catch (IOException e) {
            remove(number);
            throw new UncheckedIOException("letter " + number + " cannot be written into " + folder, e);
        }
        keep(new Letter(number, envelope, received, bytes.length, messageFile(number)));
        return number;
    }

    /** The letter of a number; empty where it was never caught or is no longer kept. */
    public Optional<Letter> letter(int number) {
        return Optional.ofNullable(letters.get(number));
    }

    /** The letters of a page of {@value #PAGE}, newest first; empty past the end. Pages count from 1. */
    public List<Letter> page(int page) {
        return letters.descendingMap().values().stream()
                .skip((page - 1L) * PAGE)
                .limit(PAGE)
                .toList();
    }

    /** How many letters are kept. */
    public int count() {
        return letters.size();
    }

    /** The letter with the highest number; empty where none is kept. */
    public Optional<Letter> newest() {
        return Optional.ofNullable(letters.lastEntry()).map(e -> e.getValue());
    }

    /** The letter kept before a number; empty where there is none. */
    public Optional<Letter> before(int number) {
        return Optional.ofNullable(letters.lowerEntry(number)).map(e -> e.getValue());
    }

    /** The letter kept after a number; empty where there is none. */
    public Optional<Letter> after(int number) {
        return Optional.ofNullable(letters.higherEntry(number)).map(e -> e.getValue());
    }

    private void takeUp(Path file) {
        Matcher name = NUMBERED.matcher(file.getFileName().toString());
        if (!name.matches()) {
            return;
        }
        int number = Integer.parseInt(name.group(1));
        last.accumulateAndGet(number, Math::max);
        try {
            if (name.group(3) != null || !Files.exists(messageFile(number))) {
                Files.deleteIfExists(file);
            } else if (name.group(2).equals("eml")) {
                EnvelopeFile side = envelopeOf(number);
                keep(new Letter(number, side.envelope(), side.received(), Files.size(file), file));
            }
        } catch (IOException e) {
            LOG.warnf("caught letter %s is passed over: %s", file, e);
        }
    }

    private EnvelopeFile envelopeOf(int number) throws IOException {
        Path side = envelopeFile(number);
        Optional<EnvelopeFile> written = Files.exists(side)
                ? EnvelopeFile.parse(new String(Files.readAllBytes(side), StandardCharsets.UTF_8))
                : Optional.empty();
        return written.isPresent()
                ? written.get()
                : new EnvelopeFile(
                        new Envelope("", List.of()),
                        Files.getLastModifiedTime(messageFile(number)).toInstant());
    }

    private synchronized void keep(Letter letter) {
        letters.put(letter.number(), letter);
        bytesHeld += letter.size();
        while (letters.size() > lettersKept || (bytesHeld > bytesKept && letters.size() > 1)) {
            Letter oldest = letters.pollFirstEntry().getValue();
            bytesHeld -= oldest.size();
            remove(oldest.number());
        }
    }

    private void remove(int number) {
        try {
            Files.deleteIfExists(messageFile(number));
            Files.deleteIfExists(envelopeFile(number));
        } catch (IOException e) {
            LOG.warnf("caught letter %s cannot be removed; remove it by hand: %s", messageFile(number), e);
        }
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try (FileChannel channel = FileChannel.open(
                part,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING),
                ownersAlone(part, "rw-------"))) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(part);
            throw e;
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** A letter is for its reader; where the file system knows no rights of POSIX, the folder around must do. */
    private static FileAttribute<?>[] ownersAlone(Path path, String rights) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))}
                : new FileAttribute<?>[0];
    }

    private Path messageFile(int number) {
        return folder.resolve("%06d.eml".formatted(number));
    }

    private Path envelopeFile(int number) {
        return folder.resolve("%06d.envelope".formatted(number));
    }
}
