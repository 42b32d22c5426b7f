package org.dailypapers.source;

import java.time.Duration;
import java.util.Optional;

/** What kept a source from answering; its message says which source, what was asked and what came, in one line. */
public class SourceException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Duration rest;
    private final Trouble trouble;

    /** What is wrong with a source. */
    public enum Trouble {
        /** It does not answer, or says that it cannot. */
        DOWN,
        /** It answers what it was not asked for, or what cannot be. */
        LIES,
        /** It does not want to be asked just now. */
        BUSY,
        /** It does not want to be asked again before the operator has acted. */
        FORBIDDEN
    }

    /** A failure and what caused it; the cause may be null. */
    public SourceException(String message, Throwable cause) {
        this(message, cause, null);
    }

    /** A failure of a source that says how long it is to be left alone; the rest may be null. */
    public SourceException(String message, Throwable cause, Duration rest) {
        this(message, cause, rest, rest == null ? Trouble.DOWN : Trouble.BUSY);
    }

    /** A failure of that kind; cause and rest may be null. */
    public SourceException(String message, Throwable cause, Duration rest, Trouble trouble) {
        super(message, cause);
        this.rest = rest;
        this.trouble = trouble;
    }

    /** What is wrong. */
    public Trouble trouble() {
        return trouble;
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
