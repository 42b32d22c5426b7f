package org.dailypapers.source.file;

import java.io.InputStream;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Consumer;
import org.dailypapers.source.PaperRecord;

/** A form in which papers lie in a file. A new one is a class and a line in {@link PaperFiles}. */
public interface PaperFormat {

    /** The name by which {@code --format} calls it. */
    String name();

    /** The source whose listing such a file holds, so that it merges with what that source brings itself. */
    default String source() {
        return name();
    }

    /**
     * Whether a file looks like this format.
     *
     * @param head the file's first bytes, without a byte order mark; at most 64 kB
     * @param fileName the file's name without its folder
     */
    boolean recognises(byte[] head, String fileName);

    /**
     * Hands over each paper, or why it cannot be used, in the file's order.
     *
     * @param in the file, from its first byte after a byte order mark
     * @throws UnreadableFileException where the file is not of this format, or breaks off; what came before has been
     *     handed over
     */
    void read(InputStream in, Context context, Consumer<PaperRecord> accept, Consumer<Rejection> reject)
            throws UnreadableFileException;

    /**
     * What is known of a file beside its content.
     *
     * @param edition the edition of papers whose record names none
     */
    record Context(Optional<LocalDate> edition) {}
}
