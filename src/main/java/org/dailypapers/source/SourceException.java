package org.dailypapers.source;

/** What kept a source from answering; its message says which source, what was asked and what came, in one line. */
public class SourceException extends Exception {
    private static final long serialVersionUID = 1L;

    /** A failure and what caused it; the cause may be null. */
    public SourceException(String message, Throwable cause) {
        super(message, cause);
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
