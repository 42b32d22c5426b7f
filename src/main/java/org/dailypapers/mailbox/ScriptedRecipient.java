package org.dailypapers.mailbox;

import java.time.Duration;
import java.util.Locale;
import org.subethamail.smtp.RejectException;

/** What a recipient's address asks the catcher to play, so that a failure can be tried by hand. */
enum ScriptedRecipient {
    /** Taken at once. */
    ORDINARY(""),
    /** {@code name+bounce@…}: refused for good, as a mailbox that does not exist. */
    BOUNCE("+bounce"),
    /** {@code name+defer@…}: refused for now. */
    DEFER("+defer"),
    /** {@code name+slow@…}: taken after three seconds. */
    SLOW("+slow");

    private static final Duration DELAY = Duration.ofSeconds(3);

    private final String mark;

    ScriptedRecipient(String mark) {
        this.mark = mark;
    }

    /** The script of an address: the first mark that its local part contains, in any case. */
    static ScriptedRecipient of(String address) {
        int at = address.lastIndexOf('@');
        String local = (at < 0 ? address : address.substring(0, at)).toLowerCase(Locale.ROOT);
        for (ScriptedRecipient script : values()) {
            if (script != ORDINARY && local.contains(script.mark)) {
                return script;
            }
        }
        return ORDINARY;
    }

    /** Plays the script at RCPT: returns where the recipient is taken, throws the reply where not. */
    void play() throws RejectException {
        switch (this) {
            case ORDINARY -> {}
            case BOUNCE -> throw new RejectException(550, "5.1.1 No such mailbox (scripted by +bounce)");
            case DEFER -> throw new RejectException(451, "4.3.0 Not now (scripted by +defer)");
            case SLOW -> pause();
        }
    }

    private static void pause() throws RejectException {
        try {
            Thread.sleep(DELAY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RejectException(421, "4.3.2 The mailbox stops");
        }
    }
}
