package org.dailypapers.site;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.dailypapers.digest.DigestHistory;
import org.dailypapers.letter.Masthead;
import org.dailypapers.subscriber.Subscriber;

/** What is said to somebody who has pressed the button of a mailed link. */
@ApplicationScoped
class Welcome {

    private static final DateTimeFormatter NEXT =
            DateTimeFormatter.ofPattern("EEEE, d MMMM 'at' HH:mm '('VV')'", Locale.ENGLISH);

    private final DigestHistory history;
    private final Masthead masthead;

    Welcome(DigestHistory history, Masthead masthead) {
        this.history = history;
        this.masthead = masthead;
    }

    /** @param subscribed whether they became a reader by this press */
    String title(boolean subscribed) {
        return (subscribed ? "Welcome to " : "You receive ") + masthead.name();
    }

    /** When the letters come that a new reader may expect. */
    String text(Subscriber subscriber) {
        Optional<DigestHistory.Expected> expected = history.expected(subscriber);
        String next = expected.map(e -> NEXT.format(e.next())).orElse(null);
        if (next == null) {
            return "You are subscribed.";
        }
        return expected.get().welcome()
                ? "You are subscribed and your first letter is on its way. The next one is due on " + next
                        + ", if there is something new for you by then."
                : "You are subscribed. The last editions have nothing new for you; your first letter comes with the"
                        + " first one that has, on " + next + " at the earliest.";
    }
}
