package org.dailypapers.desk;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.dailypapers.delivery.Draft;
import org.dailypapers.delivery.Letters;
import org.dailypapers.letter.LetterContent;
import org.dailypapers.letter.LetterParts;
import org.dailypapers.letter.LetterWriter;
import org.dailypapers.letter.ListHeaders;
import org.dailypapers.letter.Masthead;
import org.dailypapers.letter.address.Mailbox;
import org.dailypapers.letter.address.Sender;
import org.dailypapers.operator.Operator;
import org.dailypapers.operator.Operators;
import org.dailypapers.outbox.OutboundMessage;
import org.dailypapers.outbox.Outbox;
import org.dailypapers.outbox.Priority;
import org.dailypapers.smtp.Letter;

/** Letters to an operator that show whether letters arrive; they go the way of all others. */
@ApplicationScoped
public class TestLetters implements Letters {

    private static final String KIND = "trial";
    private static final Duration LIFE = Duration.ofHours(1);

    private final Operators operators;
    private final Outbox outbox;
    private final Sender sender;
    private final Masthead masthead;
    private final LetterWriter writer;
    private final Clock clock;

    TestLetters(
            Operators operators, Outbox outbox, Sender sender, Masthead masthead, LetterWriter writer, Clock clock) {
        this.operators = operators;
        this.outbox = outbox;
        this.sender = sender;
        this.masthead = masthead;
        this.writer = writer;
        this.clock = clock;
    }

    /** Queues one to that operator, in the place of an earlier one. */
    @Transactional
    public void queue(Operator operator) {
        outbox.forget(KIND, operator.id());
        outbox.queue(
                Priority.TRANSACTIONAL, KIND, operator.id(), clock.instant().plus(LIFE));
    }

    /** What became of the operator's last one. */
    public Optional<Outbox.MessageStatus> status(Operator operator) {
        return outbox.status(KIND, operator.id());
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public boolean urgent() {
        return true;
    }

    @Override
    public List<Optional<Draft>> drafts(List<OutboundMessage> messages) {
        return messages.stream()
                .map(message -> operators.find(message.reference()).map(to -> Draft.of(write(message, to))))
                .toList();
    }

    private Letter write(OutboundMessage message, Operator operator) {
        var to = new Mailbox(null, operator.email());
        var content = new LetterContent(
                sender.from(),
                to,
                masthead.name() + ": a test letter",
                clock.instant().atZone(ZoneOffset.UTC),
                "test." + message.id() + "@" + sender.domain(),
                "=_test_" + message.id(),
                LetterParts.of(
                        "This letter was sent from the desk. If you can read it, letters leave and arrive.\n", null),
                ListHeaders.service());
        return Letter.transparent(
                sender.from().wireAddress(), to.wireAddress(), writer.write(content), content.needsSmtpUtf8());
    }
}
