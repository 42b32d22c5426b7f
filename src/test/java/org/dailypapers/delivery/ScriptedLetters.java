package org.dailypapers.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.dailypapers.outbox.OutboundMessage;
import org.dailypapers.smtp.Letter;
import org.dailypapers.storage.DatabaseFailure;

/** Letters that a test writes: that of a reference goes to {@code reader<reference>@example.test} unless it says otherwise. */
@ApplicationScoped
public class ScriptedLetters implements Letters {

    public static final String KIND = "test";

    private final Map<Long, String> recipients = new ConcurrentHashMap<>();
    private final Set<Long> withdrawn = ConcurrentHashMap.newKeySet();
    private final Set<Long> unfit = ConcurrentHashMap.newKeySet();
    private final Set<Long> unread = ConcurrentHashMap.newKeySet();

    private final Map<Long, Runnable> meanwhile = new ConcurrentHashMap<>();

    private volatile int lines = 1;

    public void reset() {
        lines = 1;
        recipients.clear();
        withdrawn.clear();
        unfit.clear();
        unread.clear();
        meanwhile.clear();
    }

    public void address(long reference, String recipient) {
        recipients.put(reference, recipient);
    }

    void withdraw(long reference) {
        withdrawn.add(reference);
    }

    void spoil(long reference) {
        unfit.add(reference);
    }

    /** While that letter is made the database is lost. */
    void loseDatabase(long reference) {
        unread.add(reference);
    }

    /** While that letter is composed for the first time, this happens. */
    void meanwhile(long reference, Runnable event) {
        meanwhile.put(reference, event);
    }

    /** Makes every letter so many lines long. */
    void lengthen(int lines) {
        this.lines = lines;
    }

    static String reader(long reference) {
        return "reader" + reference + "@example.test";
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public List<Optional<Draft>> drafts(List<OutboundMessage> messages) {
        return messages.stream()
                .map(message -> letter(message).<Draft>map(letter -> new ScriptedDraft(message.reference(), letter)))
                .toList();
    }

    private final class ScriptedDraft implements Draft {

        private final long reference;
        private final Letter letter;

        ScriptedDraft(long reference, Letter letter) {
            this.reference = reference;
            this.letter = letter;
        }

        @Override
        public String recipient() {
            return letter.recipient();
        }

        @Override
        public Optional<Letter> letter() {
            Optional.ofNullable(meanwhile.remove(reference)).ifPresent(Runnable::run);
            return Optional.of(letter);
        }
    }

    private Optional<Letter> letter(OutboundMessage message) {
        long reference = message.reference();
        if (unfit.contains(reference)) {
            throw new IllegalStateException("spoilt");
        }
        if (unread.contains(reference)) {
            throw new DatabaseFailure("A digest could not be read", new SQLException("the line is lost", "08006"));
        }
        if (withdrawn.contains(reference)) {
            return Optional.empty();
        }
        String text = "Message-ID: <test." + reference + "@example.org>\r\nSubject: test\r\n\r\n"
                + ("Letter " + reference + "\r\n").repeat(lines);
        return Optional.of(Letter.transparent(
                "papers@example.org",
                recipients.getOrDefault(reference, reader(reference)),
                text.getBytes(StandardCharsets.UTF_8),
                false));
    }
}
