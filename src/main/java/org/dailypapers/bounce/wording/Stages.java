package org.dailypapers.bounce.wording;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.dailypapers.smtp.SmtpStage;

/** When in an exchange a reply came, as mail servers tell it in their reports. */
public final class Stages {

    /** A reply in a transcript, and what the client had said before it. */
    private static final int NEAR = 400;

    private record Told(String words, SmtpStage stage) {}

    /** The first that is found counts. */
    private static final List<Told> TOLD = new ArrayList<>();

    static {
        // Postfix
        told(SmtpStage.DOT, "in reply to end of data");
        told(SmtpStage.DATA, "in reply to data");
        told(SmtpStage.RCPT, "in reply to rcpt");
        told(SmtpStage.MAIL, "in reply to mail from");
        told(SmtpStage.CONNECT, "in reply to ehlo", "in reply to helo", "in reply to starttls");
        told(SmtpStage.CONNECT, "while performing the ehlo", "while performing the helo", "refused to talk to me");
        // Exim
        told(SmtpStage.DOT, "after end of data", "after pipelined end of data", "after sending data block");
        told(SmtpStage.DATA, "after data:", "after pipelined data");
        told(SmtpStage.RCPT, "after rcpt to", "after pipelined rcpt to");
        told(SmtpStage.MAIL, "after mail from", "after pipelined mail from");
        told(SmtpStage.CONNECT, "after ehlo", "after helo", "after initial connection");
        // qmail
        told(SmtpStage.DOT, "after i sent the message", "failed on data command");
        told(SmtpStage.RCPT, "does not like recipient", "most progress was rcpt");
        told(SmtpStage.MAIL, "sender was rejected", "does not like sender");
        told(SmtpStage.CONNECT, "my name was rejected", "but greeting failed");
        // DragonFly
        told(SmtpStage.DOT, "did not like our data", "did not like our final data");
        told(SmtpStage.RCPT, "did not like our rcpt");
        told(SmtpStage.MAIL, "did not like our mail from");
        told(SmtpStage.CONNECT, "did not like our ehlo", "did not like our helo");
        // Others
        told(SmtpStage.RCPT, "[rcpt_to]", "smtp:rcpt", "smtp command rcpt", "(rcpt)");
        told(SmtpStage.DOT, "[data]", "smtp:data", "smtp command data", "(data)", "[end_of_data]");
        told(SmtpStage.MAIL, "[mail_from]", "smtp:mail", "smtp command mail");
        told(SmtpStage.CONNECT, "[connect]", "[ehlo]", "[helo]");
    }

    private Stages() {}

    /** The stage that is told in a text, where one is. */
    public static Optional<SmtpStage> of(String text) {
        String plain = folded(text);
        for (Told told : TOLD) {
            if (plain.contains(told.words())) {
                return Optional.of(told.stage());
            }
        }
        return inTranscript(plain);
    }

    /** Of {@code >>> RCPT TO:<…>} and {@code <<< 550 …}, as Sendmail shows them. */
    private static Optional<SmtpStage> inTranscript(String plain) {
        for (int reply = plain.indexOf("<<< "); reply >= 0; reply = plain.indexOf("<<< ", reply + 1)) {
            if (!plain.startsWith("5", reply + 4) && !plain.startsWith("4", reply + 4)) {
                continue;
            }
            int command = plain.lastIndexOf(">>> ", reply);
            if (command < 0 || reply - command > NEAR) {
                return Optional.empty();
            }
            // Sendmail shows DATA for the recipients' replies, too, while they are still to come; 503 follows then.
            int without = plain.indexOf("<<< 503", reply + 4);
            boolean pipelined = without > 0 && without - reply < 2 * NEAR;
            return switch (plain.substring(command + 4, Math.min(command + 8, plain.length()))) {
                case "data" -> Optional.of(pipelined ? SmtpStage.RCPT : SmtpStage.DOT);
                case "rcpt" -> Optional.of(SmtpStage.RCPT);
                case "mail" -> Optional.of(SmtpStage.MAIL);
                case "ehlo", "helo" -> Optional.of(SmtpStage.CONNECT);
                default -> plain.startsWith(".", command + 4) ? Optional.of(SmtpStage.DOT) : Optional.empty();
            };
        }
        return Optional.empty();
    }

    // Lines are folded anywhere.
    private static String folded(String text) {
        var folded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > ' ') {
                folded.append(c);
            } else if (!folded.isEmpty() && folded.charAt(folded.length() - 1) != ' ') {
                folded.append(' ');
            }
        }
        return folded.toString().toLowerCase(Locale.ROOT);
    }

    private static void told(SmtpStage stage, String... words) {
        for (String each : words) {
            TOLD.add(new Told(each, stage));
        }
    }
}
