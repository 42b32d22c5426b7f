package org.dailypapers.bounce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.dailypapers.smtp.ReplyMeaning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each form in which a letter comes back, written for this test. */
class BounceReaderTest {

    static final String LETTER = """
            From: Daily Papers <papers@papers.example>
            To: reader@example.org
            Subject: Spam, quota, user unknown: three papers
            Message-ID: <digest.7.1@papers.example>

            mailbox full
            """;

    static String dsn(String fields) {
        return """
                Return-Path: <>
                From: Mail Delivery System <MAILER-DAEMON@mx.example>
                To: bounces@papers.example
                Subject: Undelivered Mail Returned to Sender
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status; boundary="b"

                --b
                Content-Type: text/plain

                I'm sorry to have to inform you that your message could not be delivered to one or more recipients.

                --b
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.example

                %s

                --b
                Content-Type: message/rfc822

                %s
                --b--
                """.formatted(fields.strip(), LETTER);
    }

    static String text(String from, String subject, String text) {
        return "Return-Path: <>\nFrom: %s\nTo: bounces@papers.example\nSubject: %s\n\n%s\n"
                .formatted(from, subject, text);
    }

    private static Report read(String mail) {
        return read(mail.getBytes(StandardCharsets.UTF_8));
    }

    private static Report read(byte[] mail) {
        try {
            return BounceReader.read(new ByteArrayInputStream(mail));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertReads(BounceClass kind, String status, String recipient, String mail) {
        Report report = read(mail);
        Outcome main = report.main();
        assertEquals(kind, main.kind(), main::reason);
        assertEquals(status, main.status().map(Object::toString).orElse(""));
        assertEquals(recipient, main.recipient());
    }

    @ParameterizedTest(name = "{1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
            hard   | 5.1.1  | smtp; 550 5.1.1 <reader@example.org>: Recipient address rejected: User unknown
            hard   | 5.0.0  | smtp; 550 5.1.1 <reader@example.org>... User unknown
            hard   | 5.0.0  | smtp; 550 sorry, no mailbox here by that name
            hard   | 5.0.0  | smtp; 554 delivery error: This user doesn't have an account
            hard   | 5.5.0  | smtp;550 Requested action not taken: mailbox unavailable
            hard   | 5.1.6  | smtp; 551 5.1.6 user has moved
            hard   | 5.2.1  | smtp; 550 5.2.1 <reader@example.org>: mailbox disabled
            hard   | 5.4.4  | X-Postfix; Host or domain name not found. Name service error for name=example.org type=A: Host not found
            hard   | 5.1.10 | smtp; 556 5.1.10 Recipient address has null MX
            hard   | 5.1.1  | X-Notes; User reader (reader@example.org) not listed in public Name & Address Book
            soft   | 5.0.0  | smtp; 552 5.2.2 <reader@example.org>: Mailbox full / quota exceeded
            soft   | 5.1.1  | smtp; 550 mailbox is full
            soft   | 5.0.0  | smtp; 452 4.2.2 The account is over quota: retry timeout exceeded
            soft   | 5.0.0  | smtp; 450 4.2.0 <reader@example.org>: Recipient address rejected: Greylisted: retry timeout exceeded
            soft   | 4.4.7  | smtp; 550 4.4.7 QUEUE.Expired; message expired
            soft   | 4.4.2  | X-Postfix; lost connection with mx.example while performing the HELO handshake
            soft   | 4.0.0  | smtp; DNS Error: DNS type 'mx' lookup of example.org responded with code NXDOMAIN
            soft   | 5.2.1  | smtp; 550 5.2.1 The email account that you tried to reach is inactive
            policy | 5.1.1  | smtp; 550 5.7.1 IP address blacklisted by recipient
            policy | 5.0.0  | smtp; 550 5.7.26 Unauthenticated email is not accepted due to domain's DMARC policy
            policy | 5.7.1  | smtp; 554 5.7.1 Spam message rejected; see https://mx.example/help
            policy | 5.0.0  | smtp; 550 relaying denied
            policy | 5.7.1  | smtp; 554 5.7.1 <reader@example.org>: Relay access denied
            policy | 5.1.0  | smtp; 5.1.0 - Unknown address error 550-'5.7.1 Access denied' (delivery attempts: 0)
            fault  | 5.0.0  | smtp; 552 5.3.4 Message size exceeds fixed limit
            fault  | 5.1.8  | smtp; 553 5.1.8 Domain of sender address papers@papers.example does not exist
            fault  | 5.0.0  | smtp; 554 no
            """)
    void aReportForMachinesIsReadByItsReplyFirstAndItsStatusLast(String kind, String status, String diagnostic) {
        Outcome main = read(dsn("Final-Recipient: rfc822; reader@example.org\nAction: failed\nStatus: " + status
                        + "\nDiagnostic-Code: " + diagnostic))
                .main();
        assertEquals(kind, main.kind().toString(), main::reason);
        assertEquals("reader@example.org", main.recipient());
        assertTrue(main.failure().isPresent());
    }

    @Test
    void theReplyIsOneThatARelayCouldHaveGiven() {
        Outcome main = read(dsn("Final-Recipient: rfc822; reader@example.org\nAction: failed\nStatus: 5.0.0\n"
                        + "Diagnostic-Code: smtp; 550-5.1.1 The account that you tried to reach\n"
                        + " 550-5.1.1 does not exist. Please try\n 550 5.1.1 again"))
                .main();
        assertEquals(
                ReplyMeaning.NO_SUCH_MAILBOX,
                ReplyMeaning.of(main.failure().orElseThrow().reply()));
        assertEquals("5.1.1", main.status().orElseThrow().toString());
    }

    @Test
    void theLetterIsFoundByItsMessageId() {
        assertEquals(
                Optional.of("<digest.7.1@papers.example>"),
                read(dsn("Final-Recipient: rfc822; a@example.org\nAction: failed\nStatus: 5.1.1"))
                        .letter());
        assertEquals(
                Optional.of("<digest.7.1@papers.example>"),
                read(text("MAILER-DAEMON@mx.example", "failure notice", """
                        <reader@example.org>:
                        does not like recipient.
                        Remote host said: 550 5.1.1 unknown user

                        --- Below this line is a copy of the message.

                        """ + LETTER))
                        .letter());
    }

    @Test
    void aStatusAloneIsBelievedWhereNothingElseIsSaid() {
        assertReads(
                BounceClass.HARD,
                "5.1.1",
                "reader@example.org",
                dsn("Final-Recipient: rfc822; reader@example.org\nAction: failed\nStatus: 5.1.1"));
        assertReads(
                BounceClass.SOFT,
                "5.2.2",
                "reader@example.org",
                dsn("Final-Recipient: rfc822; reader@example.org\nAction: failed\nStatus: 5.2.2 (mailbox full)"));
    }

    @Test
    void whatIsDelayedIsSoftAndWhatArrivedIsDelivered() {
        assertReads(
                BounceClass.SOFT,
                "4.1.1",
                "reader@example.org",
                dsn("Final-Recipient: rfc822; reader@example.org\nAction: delayed\nStatus: 4.1.1\n"
                        + "Diagnostic-Code: smtp; 450 4.1.1 user unknown"));
        for (String action : new String[] {"delivered", "relayed", "expanded (to a list)"}) {
            assertReads(
                    BounceClass.DELIVERED,
                    "2.0.0",
                    "reader@example.org",
                    dsn("Final-Recipient: rfc822; reader@example.org\nAction: " + action
                            + "\nStatus: 2.0.0\nDiagnostic-Code: smtp; 250 Ok"));
        }
    }

    @Test
    void anAddressBeyondAsciiIsReadInBothOfItsWritings() {
        String mail = dsn("Final-Recipient: utf-8; %s\nAction: failed\nStatus: 5.6.7\n"
                        + "Diagnostic-Code: X-Postfix; SMTPUTF8 is required, but was not offered by host mx.example")
                .replace("message/delivery-status", "message/global-delivery-status")
                .replace("message/rfc822", "message/global");
        assertReads(BounceClass.HARD, "5.6.7", "jörg@example.org", mail.formatted("jörg@example.org"));
        assertReads(BounceClass.HARD, "5.6.7", "jörg@example.org", mail.formatted("j\\x{F6}rg@example.org"));
        assertReads(BounceClass.FAULT, "5.6.7", "reader@example.org", mail.formatted("reader@example.org"));
    }

    @Test
    void localPartsWithSignsInThemSurvive() {
        for (String address : new String[] {
            "SRS0=HHH=TT=example.net=reader@example.org",
            "prvs=1234abcd=reader@example.org",
            "reader+papers@example.org",
            "o'neill@example.org"
        }) {
            Report report = read(dsn("Final-Recipient: rfc822; <" + address + ">\nAction: failed\nStatus: 5.1.1"));
            assertEquals(
                    address.contains("'") ? "neill@example.org" : address,
                    report.main().recipient());
        }
    }

    @Test
    void severalRecipientsAreToldApart() {
        Report report = read(dsn("""
                Final-Recipient: rfc822; full@example.org
                Action: failed
                Status: 5.2.2
                Diagnostic-Code: smtp; 552 5.2.2 over quota

                Final-Recipient: rfc822; gone@example.org
                Action: failed
                Status: 5.1.1
                Diagnostic-Code: smtp; 550 5.1.1 no such user
                """));
        assertEquals(2, report.outcomes().size());
        assertEquals(BounceClass.SOFT, report.outcomes().get(0).kind());
        assertEquals(BounceClass.HARD, report.outcomes().get(1).kind());
        assertEquals("full@example.org", report.recipients());
    }

    @Test
    void anUnknownUserAfterTheLetterIsPerhapsAFilter() {
        String mail = dsn("Final-Recipient: rfc822; reader@example.org\nAction: failed\nStatus: 5.0.0\n"
                + "Diagnostic-Code: smtp; 550 Unknown user reader@example.org");
        String told = "could not be delivered to one or more recipients.";
        assertReads(
                BounceClass.SOFT,
                "5.0.0",
                "reader@example.org",
                mail.replace(
                        told, told + "\n<reader@example.org>: 550 Unknown user (in reply to end of DATA\n command)"));
        assertReads(
                BounceClass.HARD,
                "5.0.0",
                "reader@example.org",
                mail.replace(told, told + "\n<reader@example.org>: 550 Unknown user (in reply to RCPT TO\n command)"));
    }

    @Test
    void whatIsRefusedBeforeARecipientIsNamedIsNoReadersFault() {
        assertReads(
                BounceClass.FAULT,
                "5.1.7",
                "reader@example.org",
                text("Mailer-Daemon@mx.example", "Mail delivery failed: returning message to sender", """
                        This message was created automatically by mail delivery software.

                          reader@example.org
                            SMTP error from remote mail server after MAIL FROM:<papers@papers.example>:
                            host mx.example.org [192.0.2.1]: 550 5.1.7 No such domain papers.example.
                        """));
    }

    @Test
    void eximSaysNothingOfAnAddressForWhichItFoundNoHost() {
        String mail = dsn("Action: failed\nFinal-Recipient: rfc822;reader@nohost.example\nStatus: 5.0.0")
                .replace("Return-Path: <>", "X-Failed-Recipients: reader@nohost.example")
                .replaceAll("I'm sorry.*", "The following address(es) failed:\n\n  reader@nohost.example");
        assertReads(BounceClass.HARD, "5.0.0", "reader@nohost.example", mail);
    }

    @ParameterizedTest(name = "{0}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            hard   | MAILER-DAEMON@mx.example      | failure notice | Hi. This is the qmail-send program at mx.example.\\n<reader@example.org>:\\nSorry, no mailbox here by that name. (#5.1.1)
            soft   | MAILER-DAEMON@mx.example      | failure notice | <reader@example.org>:\\n192.0.2.1 does not like recipient.\\nRemote host said: 450 4.2.2 Mailbox Full\\nI'm not going to try again; this message has been in the queue too long.
            policy | MAILER-DAEMON@mx.example      | failure notice | <reader@example.org>:\\n192.0.2.1 failed after I sent the message.\\nRemote host said: 550 5.7.509 Access denied, sending domain does not pass DMARC verification
            hard   | postmaster@example.org        | Undeliverable: x | Your message did not reach the following recipient(s):\\n\\nreader@example.org on Thu, 29 Apr 2010 16:51:51 -0500\\n The recipient name is not recognized
            hard   | POSTMASTER@example.org        | Undeliverable message | ------- Failure Reasons --------\\nUser not listed in public Name & Address Book\\nreader@example.org\\n------- Returned Message --------
            soft   | MAILER-DAEMON@mx.example      | 退信通知 | <reader@example.org>\\n收件人邮箱已满
            hard   | postmaster@mx.example         | 系统退信 | 收件人 <reader@example.org>\\n550 5.1.1 用户不存在
            policy | postmaster@mx.example         | 系统退信 | reader@example.org\\n554 垃圾邮件
            soft   | postmaster@mx.example         | 配信エラー | reader@example.org\\nメールボックスの容量が不足しています
            hard   | postmaster@mx.example         | 送信できませんでした | reader@example.org\\n550 5.1.1 ユーザーが見つかりません
            soft   | mailer-daemon@mx.example      | Delivery Status Notification (Delay) | THIS IS A WARNING MESSAGE ONLY.\\nDelivery to the following recipient has been delayed:\\n reader@example.org\\nConnection timed out
            hard   | mailer-daemon@mx.example      | Mail delivery failed | There was an error delivering your mail to <reader@example.org>.\\nDNS lookup failure: host example.org not found
            soft   | MAILER-DAEMON@mx.example      | Delivery failure | Unable to deliver message to the following address(es).\\n<reader@example.org>:\\nThis user doesn't have a example.org account (reader@example.org) [0]
            soft   | mailer-daemon@mx.example      | Delivery failure | Something went wrong with your mail to reader@example.org
            """)
    void aReportForPeopleIsReadByItsWords(String kind, String from, String subject, String words) {
        Outcome main = read(text(from, subject, words.replace("\\n", "\n"))).main();
        assertEquals(kind, main.kind().toString(), main::reason);
        assertEquals("reader@example.org", main.recipient());
    }

    @Test
    void theReturnedLettersOwnWordsTellNothing() {
        assertReads(
                BounceClass.HARD,
                "5.1.1",
                "reader@example.org",
                text("MAILER-DAEMON@mx.example", "failure notice", """
                        <reader@example.org>:
                        550 5.1.1 no such user

                        --- Below this line is a copy of the message.

                        """ + LETTER));
    }

    @Test
    void wordsAreReadInTheCharsetThatTheyAreWrittenIn() {
        String mail = text("postmaster@mx.example", "error", "<reader@example.org>\n550 5.1.1 ユーザーが見つかりません");
        assertEquals(
                BounceClass.HARD,
                read(mail.getBytes(Charset.forName("ISO-2022-JP"))).main().kind());
        byte[] chinese = ("Content-Type: text/plain; charset=gb2312\n"
                        + text("postmaster@mx.example", "error", "<reader@example.org>\n收件人邮箱已满"))
                .getBytes(Charset.forName("GB18030"));
        assertEquals(BounceClass.SOFT, read(chinese).main().kind());
        assertTrue(read(chinese).main().reason().startsWith("mailbox full"));
    }

    @Test
    void aPageIsReadWhereThereIsNoPlainText() {
        assertReads(
                BounceClass.HARD,
                "5.1.1",
                "reader@example.org",
                "Content-Type: text/html\n"
                        + text(
                                "postmaster@mx.example",
                                "Undeliverable",
                                "<html><style>p{}</style><body><p>Delivery failed:</p>"
                                        + "<p>reader@example.org</p><p>550 5.1.1 User &quot;reader&quot; unknown</p></body></html>"));
    }

    @ParameterizedTest
    @CsvSource({
        "abuse,complaint",
        "fraud,complaint",
        "opt-out,complaint",
        "virus,complaint",
        "not-spam,none",
        "auth-failure,none",
        "dmarc,none"
    })
    void aComplaintIsReadByItsType(String type, String kind) {
        Report report = read("""
                From: feedback@isp.example
                Subject: FW: papers
                Content-Type: multipart/report; report-type=feedback-report; boundary=b

                --b
                Content-Type: message/feedback-report

                Feedback-Type: %s
                User-Agent: x/1
                Version: 1
                Original-Rcpt-To: <reader@example.org>

                --b
                Content-Type: message/rfc822

                %s
                --b--
                """.formatted(type, LETTER));
        assertEquals(kind, report.main().kind().toString());
        assertEquals("reader@example.org", report.main().recipient());
        assertEquals(Optional.of("<digest.7.1@papers.example>"), report.letter());
    }

    @Test
    void anOlderComplaintIsTheLetterWithASubject() {
        assertReads(BounceClass.COMPLAINT, "", "reader@example.org", """
                From: staff@hotmail.example
                Subject: complaint about message from 192.0.2.1
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: message/rfc822

                %s
                --b--
                """.formatted(LETTER));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Auto-Submitted: auto-replied | Re: papers
            X-Autoreply: yes             | Re: papers
            Precedence: auto_reply       | Re: papers
            X-Autorespond: Re            | Re: papers
            X-Autogenerated: Reply       | Re: papers
            X-Other: 1                   | Out of Office: papers
            X-Other: 1                   | Automatic reply: Undeliverable papers
            X-Other: 1                   | Abwesenheitsnotiz
            X-Other: 1                   | Réponse automatique : papers
            X-Other: 1                   | 自动回复: papers
            Auto-Submitted: auto-replied | Please confirm your message
            """)
    void aMachineThatAnswersForTheReaderIsNoBounce(String field, String subject) {
        assertReads(
                BounceClass.AUTO_REPLY,
                "",
                "reader@example.org",
                field + "\nFrom: Reader <reader@example.org>\nSubject: " + subject + "\n\nI am back on Monday.\n");
    }

    @Test
    void aReportThatIsMarkedAutomaticIsStillABounce() {
        assertReads(
                BounceClass.HARD,
                "5.1.1",
                "reader@example.org",
                "Auto-Submitted: auto-replied\n"
                        + dsn("Final-Recipient: rfc822; reader@example.org\nAction: failed\nStatus: 5.1.1"));
    }

    @Test
    void reportsOnDmarcAndTlsAndReceiptsArePutAside() {
        for (String head : new String[] {
            "Subject: Report Domain: papers.example Submitter: isp.example Report-ID: <1>\nContent-Type: application/gzip",
            "Subject: Report Domain: papers.example Submitter: isp.example\nTLS-Report-Domain: papers.example",
            "Subject: x\nContent-Type: multipart/report; report-type=tlsrpt; boundary=b",
            "Subject: Read: papers\nContent-Type: multipart/report; report-type=disposition-notification; boundary=b"
        }) {
            assertEquals(
                    BounceClass.NONE,
                    read("From: noreply@isp.example\n" + head + "\n\nx\n")
                            .main()
                            .kind(),
                    head);
        }
    }

    @Test
    void whoJustWritesIsNobodysBounce() {
        assertEquals(
                BounceClass.NONE,
                read("From: Reader <reader@example.org>\nSubject: your papers\n\nMy mailbox is full of them, thank you!\n")
                        .main()
                        .kind());
        assertEquals(BounceClass.NONE, read("").main().kind());
        assertEquals(BounceClass.NONE, read("\n\n\n").main().kind());
    }

    @Test
    void aProvidersNoticeIsReadFromItsJson() {
        assertReads(BounceClass.HARD, "5.1.1", "reader@example.org", """
                From: no-reply@sns.example
                Subject: AWS Notification Message

                {"Type":"Notification","Message":"{\\"notificationType\\":\\"Bounce\\",\\"bounce\\":{\\"bouncedRecipients\\":[{\\"emailAddress\\":\\"reader@example.org\\",\\"action\\":\\"failed\\",\\"status\\":\\"5.1.1\\",\\"diagnosticCode\\":\\"smtp; 550 5.1.1 user unknown\\"}]}}"}
                --
                If you wish to stop receiving notifications from this topic …
                """);
    }

    @Test
    void aForwardedReportIsReadWithoutTheMarksOfItsForwarder() {
        String report = "The following addresses had permanent fatal errors\n<reader@example.org>\n"
                + "(reason: 550 5.1.1 User unknown)\nDiagnostic: none\n";
        assertReads(
                BounceClass.HARD,
                "5.1.1",
                "reader@example.org",
                text("MAILER-DAEMON@mx.example", "Fwd: Returned mail", report.replaceAll("(?m)^", "> ")));
    }
}
