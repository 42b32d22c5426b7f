package org.dailypapers.command.verb;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.dailypapers.command.check.Failure;
import org.dailypapers.digest.DigestLedger;
import org.dailypapers.paper.Editions;
import org.dailypapers.reputation.Bounce;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists what became of an edition's digests. */
@Dependent
@Command(
        name = "deliveries",
        description = "Lists what became of an edition's digests: address, digest, attempts, last reply, state;"
                + " a line each, separated by tabs.")
class DeliveriesCommand extends Verb {

    /** Whatever would break a line or a column, or write elsewhere on a terminal. */
    private static final Pattern HARMFUL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]+");

    private static final String FORGOTTEN = "forgotten";

    @Option(
            names = "--edition",
            paramLabel = "DATE",
            required = true,
            description = "Which edition, such as 2026-01-31.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    LocalDate edition;

    @Option(names = "--failed", description = "Only those that were refused, expired or came back.")
    boolean failed;

    @Inject
    Editions editions;

    @Inject
    DigestLedger ledger;

    @Override
    public Integer call() {
        exists(editions, edition);
        if (ledger.read(edition, this::print) == 0) {
            console().complain(nobody(edition));
        }
        return 0;
    }

    /** Fails where there is no such edition. */
    static void exists(Editions editions, LocalDate edition) {
        if (editions.find(edition).isEmpty()) {
            throw new Failure("There is no edition of " + edition + ".");
        }
    }

    static String nobody(LocalDate edition) {
        return "Nobody has had a digest of the edition of " + edition + ".";
    }

    private void print(List<DigestLedger.LedgerEntry> lines) {
        var text = new StringBuilder();
        for (DigestLedger.LedgerEntry line : lines) {
            if (!failed || line.failed()) {
                text.append(line(line)).append('\n');
            }
        }
        console().out().print(text);
        if (console().out().checkError()) {
            throw new Failure("Nobody reads the list any more; it was cut off.");
        }
    }

    private static String line(DigestLedger.LedgerEntry line) {
        return String.join(
                "\t",
                harmless(line.address()),
                Long.toString(line.digest()),
                Integer.toString(line.attempts()),
                line.lastReply() == null ? "" : harmless(line.lastReply()),
                state(line));
    }

    /** How it stands, such as "accepted, then bounced 5.1.1". */
    static String state(DigestLedger.LedgerEntry line) {
        if (line.state() == null) {
            return FORGOTTEN;
        }
        String state = line.state().name().toLowerCase(Locale.ROOT);
        if (line.returned() == null) {
            return state;
        }
        return line.returned().kind().equals(Bounce.COMPLAINT)
                ? state + ", then complained of"
                : state + ", then bounced "
                        + line.returned()
                                .status()
                                .orElse(harmless(line.returned().cause()));
    }

    /** One column's text. */
    static String harmless(String text) {
        return HARMFUL.matcher(text).replaceAll(" ").strip();
    }
}
