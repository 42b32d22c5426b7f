package org.dailypapers.source;

import java.time.Duration;
import java.util.Optional;

/** What kept a source from answering; its message says which source, what was asked and what came, in one line. */
public class SourceException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Duration rest;

    /** A failure and what caused it; the cause may be null. */
    public SourceException(String message, Throwable cause) {
        this(message, cause, null);
    }

    /** A failure of a source that says how long it is to be left alone; the rest may be null. */
    public SourceException(String message, Throwable cause, Duration rest) {
        super(message, cause);
        this.rest = rest;
    }

    /** How long the source asks to be left alone; empty where it says nothing. */
    public Optional<Duration> rest() {
        return Optional.ofNullable(rest);
    }

    /** A {@link SourceException} that ends a stream which had already begun. */
    public static final class WhileStreaming extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** Carries the failure through a stream. */
        public WhileStreaming(SourceException failure) {
            super(failure.getMessage(), failure);
        }

        @Override
        public synchronized SourceException getCause() {
            return (SourceException) super.getCause();
        }
    }
}
