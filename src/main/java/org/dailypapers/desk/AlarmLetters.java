package org.dailypapers.desk;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.qute.Variant;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Instant;
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
import org.dailypapers.outbox.OutboundMessage;
import org.dailypapers.reputation.AlarmSettings;
import org.dailypapers.reputation.Alarms;
import org.dailypapers.smtp.Letter;
import org.dailypapers.template.Rendering;
import org.dailypapers.token.Links;

/** The letters by which the operator learns of an alarm; they leave though a run of digests is stopped. */
@ApplicationScoped
public class AlarmLetters implements Letters {

    private final Alarms alarms;
    private final Links links;
    private final Sender sender;
    private final Masthead masthead;
    private final LetterWriter writer;
    private final Optional<Mailbox> operator;

    AlarmLetters(
            Alarms alarms, Links links, Sender sender, Masthead masthead, LetterWriter writer, AlarmSettings settings) {
        this.alarms = alarms;
        this.links = links;
        this.sender = sender;
        this.masthead = masthead;
        this.writer = writer;
        this.operator = settings.operator().map(Mailbox::parse);
    }

    /** What such a letter says. */
    record AlarmLetter(String title, String text, Instant at, String kind, URI home) {}

    @CheckedTemplate(basePath = "letter", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance alarm(AlarmLetter letter);

        private Templates() {}
    }

    @Override
    public String kind() {
        return Alarms.KIND;
    }

    @Override
    public boolean urgent() {
        return true;
    }

    @Override
    public List<Optional<Draft>> drafts(List<OutboundMessage> messages) {
        return messages.stream().map(message -> letter(message).map(Draft::of)).toList();
    }

    private Optional<Letter> letter(OutboundMessage message) {
        return operator.flatMap(to -> alarms.find(message.reference()).map(raised -> write(message, raised, to)));
    }

    private Letter write(OutboundMessage message, Alarms.Raised raised, Mailbox to) {
        var said = new AlarmLetter(
                raised.kind().title(), raised.text(), raised.at(), raised.kind().name(), links.base());
        var content = new LetterContent(
                sender.from(),
                to,
                masthead.name() + ": " + said.title(),
                raised.at().atZone(ZoneOffset.UTC),
                "alarm." + message.reference() + "." + raised.at().toEpochMilli() + "@" + sender.domain(),
                "=_alarm_" + message.reference(),
                LetterParts.of(
                        Rendering.of(Templates.alarm(said).setVariant(Variant.forContentType(Variant.TEXT_PLAIN))),
                        Rendering.of(Templates.alarm(said).setVariant(Variant.forContentType(Variant.TEXT_HTML)))),
                ListHeaders.service());
        return Letter.transparent(
                sender.from().wireAddress(), to.wireAddress(), writer.write(content), content.needsSmtpUtf8());
    }
}
