package org.dailypapers.site;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.dailypapers.digest.DigestHistory;
import org.dailypapers.language.Language;
import org.dailypapers.language.ReaderMessages;
import org.dailypapers.letter.Masthead;
import org.dailypapers.mailbox.MailboxServer;
import org.dailypapers.site.answer.Message;
import org.dailypapers.subscriber.EmailAddress;
import org.dailypapers.subscriber.Subscriber;

/** What is said to somebody to whom a link is mailed, and who has pressed its button. */
@ApplicationScoped
class Welcome {

    private final DigestHistory history;
    private final Masthead masthead;
    private final MailboxServer mailbox;

    Welcome(DigestHistory history, Masthead masthead, MailboxServer mailbox) {
        this.mailbox = mailbox;
        this.history = history;
        this.masthead = masthead;
    }

    /** That a letter with a button is on its way, if the address can receive one. */
    Message asked(Language language, EmailAddress address) {
        return Message.mailed(
                language.reader().lookIntoMail(), language.reader().asked(address.typed()), caught());
    }

    /** That a link to preferences is on its way, if somebody reads at the address. */
    Message linked(Language language, EmailAddress address) {
        return Message.mailed(
                language.reader().lookIntoMail(),
                language.reader().linkAsked(address.typed(), masthead.name()),
                caught());
    }

    /** What the button beside the offer says yes to. */
    String wording(Language language) {
        return language.reader().confirmText(masthead.name());
    }

    /** Whether letters are caught here instead of sent. */
    boolean caught() {
        return mailbox.port().isPresent();
    }

    /** @param subscribed whether they became a reader by this press */
    String title(Language language, boolean subscribed) {
        return subscribed
                ? language.reader().welcomeTo(masthead.name())
                : language.reader().youReceive(masthead.name());
    }

    /** When the letters come that a new reader may expect. */
    String text(Language language, Subscriber subscriber) {
        ReaderMessages say = language.reader();
        Optional<DigestHistory.Expected> expected = history.expected(subscriber);
        String next = expected.map(
                        e -> language.moment(language.nearDay(e.next().toLocalDate()), e.next()))
                .orElse(null);
        if (next == null) {
            return say.areSubscribed();
        }
        return expected.get().welcome() ? say.firstComing(next) : say.firstLater(next);
    }
}
