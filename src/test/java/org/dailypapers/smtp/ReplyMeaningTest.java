package org.dailypapers.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table "A reply, and what it means", row by row. */
class ReplyMeaningTest {

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    RCPT | 550 | 5.1.1 The email account that you tried to reach does not exist
                    RCPT | 550 | 5.1.2 Bad destination system
                    RCPT | 501 | 5.1.3 Bad recipient address syntax
                    RCPT | 550 | 5.1.6 Mailbox has moved
                    RCPT | 556 | 5.1.10 Recipient address has null MX
                    DOT  | 550 | 5.1.1 unknown after all
                    RCPT | 550 | 5.1.1 user unknown, see our policy
                    RCPT | 550 | 5.1.1 <reader@example.org>: Recipient address rejected: User unknown in virtual mailbox table
                    RCPT | 550 | 5.1.1 <reader@example.org>... User unknown
                    RCPT | 550 | 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup
                    """)
    void anUnknownMailboxOrDomainIsSuppressedAtOnce(SmtpStage stage, int code, String text) {
        assertMeans(ReplyMeaning.NO_SUCH_MAILBOX, stage, code, text);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    RCPT | 550 | Requested action not taken: mailbox unavailable
                    RCPT | 551 | User not local
                    RCPT | 553 | sorry, no such name here
                    RCPT | 550 | 5.5.0 Requested actions not taken as the mailbox is unavailable
                    RCPT | 550 | 5.4.1 Recipient address rejected: Access denied
                    RCPT | 524 | 5.2.4 Mailing list expansion problem: <reader@example.org>
                    RCPT | 550 | 5.2.4 Mailing list expansion problem
                    RCPT | 550 | Invalid recipient: <reader@example.org>
                    RCPT | 550 | Unrouteable address
                    RCPT | 550 | Unknown user
                    RCPT | 550 | No such user (reader@relay.example.org)
                    RCPT | 550 | unknown mailbox, said relay.example.org, relay=[192.0.2.1]
                    RCPT | 550 | No such recipient here.
                    RCPT | 550 | 5.5.0 Requested action not taken: mailbox unavailable (S2017062302).
                    RCPT | 550 | #5.1.0 Address rejected.
                    RCPT | 553 | Sorry, no mailbox here by that name. (#5.1.1)
                    """)
    void aRefusalAtRcptWithoutATellingCodeIsPerhapsNoMailbox(SmtpStage stage, int code, String text) {
        assertMeans(ReplyMeaning.PERHAPS_NO_MAILBOX, stage, code, text);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    DOT     | 451 | 4.7.23 The sending address has no PTR record
                    DOT     | 421 | 4.7.26 This mail has been rate limited because it is unauthenticated
                    DOT     | 421 | 4.7.27 SPF did not pass
                    DOT     | 421 | 4.7.28 An unusual rate of mail
                    DOT     | 421 | 4.7.29 not over TLS
                    DOT     | 421 | 4.7.30 DKIM did not pass
                    RCPT    | 450 | 4.7.31 no DMARC record
                    DOT     | 421 | 4.7.32 From is not aligned
                    DOT     | 450 | 4.7.40 no DMARC policy
                    CONNECT | 421 | 4.7.0 temporarily deferred due to user complaints
                    MAIL    | 451 | 4.7.1 the reputation of the sending host is poor
                    CONNECT | 421 | on the block list of our DNSBL
                    DOT     | 421 | 4.7.0 Our system has detected an unusual rate of unsolicited mail
                    """)
    void distrustForNowIsNoOrdinaryDelay(SmtpStage stage, int code, String text) {
        assertMeans(ReplyMeaning.POLICY_FOR_NOW, stage, code, text);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    RCPT | 450 | 4.7.1 Greylisted by policy, see our page on spam
                    RCPT | 451 | 4.7.0 grey listing in action
                    DOT  | 451 | 4.7.1 the spam filter is out of order
                    RCPT | 452 | 4.2.2 mailbox full of spam
                    RCPT | 450 | 4.7.1 Policy: try again later
                    RCPT | 450 | 4.7.25 no such number here
                    """)
    void greylistingAndTroubleAreNoDistrust(SmtpStage stage, int code, String text) {
        assertMeans(ReplyMeaning.LATER, stage, code, text);
    }

    @ParameterizedTest
    @CsvSource({
        "20", "23", "26", "27", "29", "30", "31", "32", "33", "39", "40", "501", "509", "511", "515", "606", "649"
    })
    void distrustForGoodIsToldByItsNumber(int detail) {
        assertMeans(ReplyMeaning.POLICY, SmtpStage.DOT, 550, "5.7." + detail + " no");
        assertMeans(ReplyMeaning.POLICY, SmtpStage.RCPT, 550, "5.7." + detail + " no");
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    RCPT | 550 | 5.2.1 The email account that you tried to reach is inactive
                    RCPT | 554 | 5.2.1 disabled for abuse
                    """)
    void aDisabledMailboxIsTold(SmtpStage stage, int code, String text) {
        assertMeans(ReplyMeaning.DISABLED, stage, code, text);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    RCPT | 552 | 5.2.2 The email account that you tried to reach is over quota
                    DOT  | 552 | 5.2.2 over quota
                    RCPT | 552 | Requested mail action aborted: exceeded storage allocation
                    RCPT | 550 | 5.3.0 Other mail system problem
                    DOT  | 554 | 5.3.5 System incorrectly configured
                    RCPT | 550 | 5.4.4 Unable to route
                    RCPT | 554 | 5.4.6 Routing loop detected
                    DOT  | 554 | 5.4.1 no answer from host
                    """)
    void aFullMailboxOrTheirHostsTroubleIsSoft(SmtpStage stage, int code, String text) {
        assertMeans(ReplyMeaning.SOFT, stage, code, text);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    RCPT | 450 | Requested mail action not taken: mailbox busy
                    RCPT | 451 | 4.7.1 Greylisted, try again later
                    RCPT | 452 | 4.2.2 Mailbox full
                    RCPT | 452 | 4.5.3 Too many recipients
                    DATA | 451 | 4.3.0 Temporary error
                    DOT  | 450 | 4.7.0 spam check is busy
                    DOT  | 499 | whatever this is
                    """)
    void aTransientRefusalOfARecipientIsTriedAgain(SmtpStage stage, int code, String text) {
        assertMeans(ReplyMeaning.LATER, stage, code, text);
        assertTrue(ReplyMeaning.LATER.retried());
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    CONNECT | 421 | 4.7.0 Too many connections
                    MAIL    | 421 | Service not available, closing transmission channel
                    RCPT    | 421 | 4.7.0 slow down
                    DOT     | 421 | 4.3.2 shutting down
                    CONNECT | 450 | too busy
                    MAIL    | 451 | 4.3.2 try later
                    LOGIN   | 454 | 4.7.0 Temporary authentication failure
                    """)
    void aHostThatAsksForItIsGivenRest(SmtpStage stage, int code, String text) {
        assertMeans(ReplyMeaning.SLOW_DOWN, stage, code, text);
        assertTrue(ReplyMeaning.SLOW_DOWN.retried());
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    RCPT | 552 | 5.2.3 Message length exceeds administrative limit
                    MAIL | 552 | 5.3.4 Message too big for system
                    DOT  | 552 | Message size exceeds fixed limit
                    DATA | 552 | too much mail data
                    DATA | 503 | 5.5.1 Bad sequence of commands
                    DOT  | 554 | 5.5.0 something about the data
                    DOT  | 554 | 5.6.0 Message content rejected
                    RCPT | 553 | 5.6.7 Non-ASCII addresses not permitted
                    RCPT | 550 | relay not permitted
                    RCPT | 554 | 5.7.1 <reader@example.org>: Relay access denied
                    RCPT | 550 | 5.7.1 <reader@example.org>... Relaying denied
                    RCPT | 550 | 5.7.1 <reader@example.org>... Relaying denied. Proper authentication required.
                    RCPT | 550 | 5.7.1 Unable to relay
                    RCPT | 550 | 5.7.54 SMTP; Unable to relay recipient in non-accepted domain
                    RCPT | 550 | 5.7.1 Invalid credentials for relay [192.0.2.1].
                    RCPT | 551 | we do not relay
                    RCPT | 551 | User not local; relaying not allowed
                    RCPT | 550 | I cannot deliver mail for <reader@example.org>, not a relay
                    RCPT | 553 | sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)
                    RCPT | 554 | 5.7.1 <unknown[192.0.2.1]>: Client host rejected: Access denied
                    RCPT | 554 | 5.7.1 <localhost>: Helo command rejected: not here
                    RCPT | 504 | 5.5.2 <localhost>: Helo command rejected: need fully-qualified hostname
                    RCPT | 550 | 5.7.1 <papers@example.org>: Sender address rejected: not owned by user
                    RCPT | 553 | 5.1.8 <reader@example.org>... Domain of sender address papers@example.org does not exist
                    RCPT | 550 | 5.1.8 <papers@example.org>: Sender address rejected: Domain not found
                    RCPT | 550 | 5.1.0 <papers@example.org>: Sender address rejected: User unknown
                    RCPT | 550 | 5.1.7 Bad sender's mailbox address syntax
                    RCPT | 550 | Sender verify failed
                    RCPT | 550 | Administrative prohibition
                    RCPT | 550 | authentication required
                    RCPT | 550 | Unauthenticated senders not allowed
                    MAIL | 550 | 5.7.60 SMTP; Client does not have permissions to send as this sender
                    MAIL | 550 | you are not allowed to send mail from this address
                    """)
    void whatIsOurFaultIsNeverHeldAgainstTheReader(SmtpStage stage, int code, String text) {
        assertMeans(ReplyMeaning.OUR_FAULT, stage, code, text);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    RCPT | 550 | 5.7.1 Command rejected
                    DOT  | 550 | 5.7.20 No passing DKIM signature found
                    DOT  | 550 | 5.7.26 Unauthenticated email from example.org is not accepted
                    MAIL | 550 | 5.7.23 SPF validation failed
                    DOT  | 550 | 5.7.0 blocked for its reputation
                    RCPT | 550 | Service unavailable; client host blocked using zen.spamhaus.org
                    DOT  | 554 | This message looks like SPAM
                    RCPT | 554 | rejected for policy reasons
                    RCPT | 550 | 5.5.0 your address is on a blocklist
                    RCPT | 550 | 5.4.1 rejected by policy
                    DOT  | 550 | 5.2.0 unsolicited mail
                    DOT  | 554 | 5.6.0 spam detected
                    RCPT | 554 | 5.3.0 client host listed by a DNSBL
                    """)
    void distrustIsNeverHeldAgainstTheReader(SmtpStage stage, int code, String text) {
        assertMeans(ReplyMeaning.POLICY, stage, code, text);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    MAIL  | 530 | 5.7.0 Authentication required
                    MAIL  | 530 | Must issue a STARTTLS command first
                    LOGIN | 535 | 5.7.8 Authentication credentials invalid
                    LOGIN | 535 | wrong word
                    MAIL  | 550 | 5.7.8 login first
                    """)
    void aRefusedLoginIsOurs(SmtpStage stage, int code, String text) {
        assertMeans(ReplyMeaning.LOGIN, stage, code, text);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    MAIL | 550 | not you
                    RCPT | 554 | Transaction failed
                    DOT  | 554 | no
                    RCPT | 500 | what
                    DOT  | 550 | 5.2.4 Mailing list expansion problem
                    RCPT | 550 | 5.7.2 Mailing list expansion prohibited
                    RCPT | 550 | 5.0.0 undefined
                    RCPT | 550 | 5.9.9 unheard of
                    """)
    void anyOtherRefusalEndsTheLetter(SmtpStage stage, int code, String text) {
        assertMeans(ReplyMeaning.REFUSED, stage, code, text);
    }

    @ParameterizedTest(name = "{0} {1} {2} is {3}")
    @CsvSource(delimiter = '|', textBlock = """
                    RCPT | 450 | 5.1.1 User unknown              | LATER
                    RCPT | 451 | 5.7.8 what a mixture            | LATER
                    RCPT | 550 | 4.2.2 Mailbox full              | PERHAPS_NO_MAILBOX
                    DOT  | 552 | 4.2.2 Mailbox full              | OUR_FAULT
                    RCPT | 550 | 2.1.5 fine                      | PERHAPS_NO_MAILBOX
                    RCPT | 550 | #5.1.1 a code in a disguise     | PERHAPS_NO_MAILBOX
                    RCPT | 550 | user 5.1.1 not at the beginning | PERHAPS_NO_MAILBOX
                    RCPT | 550 | 5.1.1111 too many digits        | PERHAPS_NO_MAILBOX
                    """)
    void anEnhancedCodeCountsOnlyIfItsClassAgreesAndItComesFirst(
            SmtpStage stage, int code, String text, ReplyMeaning meaning) {
        assertMeans(meaning, stage, code, text);
    }

    @Test
    void onlyTransientMeaningsAreRetried() {
        assertEquals(
                java.util.List.of(ReplyMeaning.POLICY_FOR_NOW, ReplyMeaning.LATER, ReplyMeaning.SLOW_DOWN),
                Arrays.stream(ReplyMeaning.values())
                        .filter(ReplyMeaning::retried)
                        .toList());
    }

    @Test
    void aFiveIsNeverRetriedAndAFourAlwaysIs() {
        for (SmtpStage stage : SmtpStage.values()) {
            for (int code = 400; code < 600; code++) {
                for (String text : new String[] {"", "5.1.1 x", "4.7.0 x", "5.7.8 x", "4.7.8 x", "spam"}) {
                    var reply = new SmtpReply(stage, code, text);
                    boolean login = code == 530 || code == 535;
                    assertEquals(code < 500 && !login, ReplyMeaning.of(reply).retried(), reply.toString());
                    DeliveryResult result = DeliveryResult.of(reply);
                    assertEquals(code < 500, result instanceof DeliveryResult.Deferred, reply.toString());
                }
            }
        }
    }

    @Test
    void aReplyIsOneShortLine() {
        var reply = new SmtpReply(SmtpStage.RCPT, 550, "5.1.1 first\r\n second\tthird\u0000" + "x".repeat(1_000));
        assertTrue(reply.text().startsWith("5.1.1 first second third x"), reply.text());
        assertEquals(400, reply.text().length());
        assertFalse(reply.text().contains("\n"));
        assertEquals("5.1.1", reply.status().orElseThrow().toString());
    }

    private static void assertMeans(ReplyMeaning meaning, SmtpStage stage, int code, String text) {
        assertEquals(meaning, ReplyMeaning.of(new SmtpReply(stage, code, text)));
    }
}
