package org.dailypapers.source.file;

import java.io.IOException;

/** A file that cannot be read, or not to its end; the message says why, where and what to do, in one line. */
public class UnreadableFileException extends IOException {
    private static final long serialVersionUID = 1L;

    /** A reason without a cause. */
    public UnreadableFileException(String message) {
        super(message);
    }

    /** A reason and what caused it. */
    public UnreadableFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
