package org.dailypapers.site.answer;

import jakarta.ws.rs.BadRequestException;
import java.util.function.Function;
import org.dailypapers.language.FaultMessages;

/** A 400 that says in its reader's language what is wrong with the address. */
public final class Refused extends BadRequestException {

    private static final long serialVersionUID = 1;

    private final transient Function<FaultMessages, String> sentence;

    public Refused(Function<FaultMessages, String> sentence) {
        this.sentence = sentence;
    }

    /** What is wrong. */
    Function<FaultMessages, String> sentence() {
        return sentence;
    }
}
