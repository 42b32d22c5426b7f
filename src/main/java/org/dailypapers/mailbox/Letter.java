package org.dailypapers.mailbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A caught letter: where it lies and how it came.
 *
 * @param number from 1, never reused
 * @param envelope who sent it to whom by SMTP, whatever its headers say
 * @param received when it was taken
 * @param size in bytes
 * @param file the RFC 5322 message, byte for byte as it came
 */
public record Letter(int number, Envelope envelope, Instant received, long size, Path file) {

    /** More than any header section that a mail program writes. */
    private static final int HEAD = 64 * 1024;

    /**
     * The whole message.
     *
     * @throws UncheckedIOException where the letter was removed meanwhile or cannot be read
     */
    public byte[] bytes() {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** The first 64 KiB of the message: its headers, without a large body. Nothing where it was removed. */
    byte[] head() {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(HEAD);
        } catch (NoSuchFileException removed) {
            return new byte[0];
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private UncheckedIOException unreadable(IOException e) {
        return new UncheckedIOException("caught letter " + file + " cannot be read; was it removed by hand?", e);
    }
}
