package org.dailypapers.source.arxiv;

import java.io.IOException;

/** An answer of arXiv's that says what is wrong in place of records; the message is what it says, in one line. */
public final class ArxivAnswerException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String code;

    ArxivAnswerException(String code, String message) {
        super(message);
        this.code = code;
    }

    /** The code of OAI-PMH, such as {@code badResumptionToken}; {@code "error"} for the others. */
    public String code() {
        return code;
    }
}
