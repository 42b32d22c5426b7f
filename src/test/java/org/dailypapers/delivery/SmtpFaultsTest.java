package org.dailypapers.delivery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.dailypapers.Database;
import org.dailypapers.MovedClock;
import org.dailypapers.delivery.FaultySmtpServer.Fault;
import org.dailypapers.delivery.FaultySmtpServer.Stage;
import org.dailypapers.outbox.MessageState;
import org.dailypapers.outbox.Outbox;
import org.dailypapers.outbox.Priority;
import org.dailypapers.outbox.RetrySchedule;
import org.dailypapers.reputation.SuppressionList;
import org.dailypapers.smtp.Relay;
import org.dailypapers.smtp.RelayAddress;
import org.dailypapers.smtp.RelaySettings;
import org.dailypapers.smtp.RelayTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ten stages of an exchange by eight faults: how the letter ends that meets one, while the other workers go on. What a
 * single connection makes of a reply is {@link RelayTest}'s.
 */
@QuarkusTest
class SmtpFaultsTest {

    /**
     * What becomes of the one letter that meets the fault:
     *
     * <ul>
     *   <li>waits: untried, for there is no connection; another one carries it at the first try
     *   <li>later: tried again when its time comes; one copy
     *   <li>ended: refused, and told so; nobody is suppressed
     *   <li>twice: its fate is unknown, one delayed repeat of the same bytes (RFC 1047)
     *   <li>sent: accepted, whatever comes after
     *   <li>stops: the login is refused; nothing is sent until one letter passes a minute later, then all are
     * </ul>
     *
     * In the body nothing can be heard until the line breaks: what the server says there is not read (RFC 5321 §3.3).
     */
    private static final String TABLE = """
                      4yz    5yz    421    drop   silence drip   garbage flood
            BANNER    waits  waits  waits  waits  waits   waits  waits   waits
            EHLO      waits  waits  waits  waits  waits   waits  waits   waits
            STARTTLS  waits  waits  waits  waits  waits   waits  waits   waits
            AUTH      waits  stops  waits  waits  waits   waits  waits   waits
            MAIL      later  ended  later  later  later   later  later   later
            RCPT      later  ended  later  later  later   later  later   later
            DATA      later  ended  later  later  later   later  later   later
            BODY      later  later  later  later  later   later  later   later
            DOT       later  ended  later  twice  twice   twice  twice   twice
            QUIT      sent   sent   sent   sent   sent    sent   sent    sent
            """;

    private static final int TIMEOUT_MILLIS = 600;
    private static final int TIMEOUT_MILLIS_OF_LONG_LETTERS = 2_000;
    private static final int WORKERS = 3;
    private static final int FLOOD = 10 << 20;
    private static final int TOO_LONG_FOR_BUFFERS = 1_500_000;
    /** Shorter than a stage may take, so that only the deadline of the whole exchange ends it. */
    private static final Duration DRIP = Duration.ofMillis(300);

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LONGEST_FIRST_REST = Duration.ofMinutes(15);

    @Inject
    Delivery delivery;

    @Inject
    Outbox outbox;

    @Inject
    SuppressionList suppressions;

    @Inject
    ScriptedLetters letters;

    @Inject
    Database database;

    @Inject
    MovedClock clock;

    private final FaultySmtpServer server = new FaultySmtpServer();
    private int count;
    private int timeoutMillis;

    @BeforeEach
    void begin() {
        database.empty();
        clock.moveTo(MovedClock.START);
        letters.reset();
    }

    @AfterEach
    void end() {
        server.close();
        delivery.stop(PATIENCE);
    }

    static Stream<Arguments> cells() {
        List<String[]> rows =
                TABLE.lines().map(line -> line.strip().split(" +")).toList();
        String[] faults = rows.getFirst();
        return rows.stream().skip(1).flatMap(row -> Stream.iterate(1, i -> i < row.length, i -> i + 1)
                .map(i -> arguments(Stage.valueOf(row[0]), faults[i - 1], row[i])));
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @MethodSource("cells")
    void aFaultEndsInTheRightState(Stage stage, String fault, String state) {
        count = stage == Stage.BODY ? 4 : 12;
        timeoutMillis = stage == Stage.BODY ? TIMEOUT_MILLIS_OF_LONG_LETTERS : TIMEOUT_MILLIS;
        letters.lengthen(stage == Stage.BODY ? TOO_LONG_FOR_BUFFERS : 1);
        server.announce("8BITMIME", "STARTTLS", "AUTH PLAIN");
        server.takeLogins();
        // After a refused EHLO a client may say HELO (RFC 5321 §3.2): that one is refused as well.
        for (int i = 0; i < (stage == Stage.EHLO ? 2 : 1); i++) {
            server.script(stage, fault(stage, fault));
        }
        queue();
        if (stage == Stage.STARTTLS) {
            delivery.start(relay(RelaySettings.Security.STARTTLS, false), 1);
            await().atMost(PATIENCE).until(server::played);
            delivery.start(relay(RelaySettings.Security.NONE, false), WORKERS - 1);
        } else {
            // A refused login stops all workers, however far the others are: one alone leaves the letters that wait.
            int workers = state.equals("stops") ? 1 : WORKERS;
            delivery.start(relay(RelaySettings.Security.NONE, stage == Stage.AUTH), workers);
        }
        if (stage == Stage.QUIT) {
            await().atMost(PATIENCE).until(this::allAccepted);
            delivery.stop(PATIENCE);
        }
        await().atMost(PATIENCE).until(() -> server.played() && settled(state));
        List<Long> harmed = LongStream.rangeClosed(1, count)
                .filter(i -> standing(i).state() != MessageState.ACCEPTED)
                .boxed()
                .toList();
        switch (state) {
            case "waits", "sent" -> {
                assertEquals(List.of(), harmed);
                assertEveryLetterCameOnce();
                LongStream.rangeClosed(1, count)
                        .forEach(i -> assertEquals(1, standing(i).attempts()));
            }
            case "later" -> {
                clock.move(LONGEST_FIRST_REST);
                await().atMost(PATIENCE).until(this::allAccepted);
                assertEveryLetterCameOnce();
            }
            case "stops" -> {
                assertTrue(outbox.counts().containsKey(MessageState.QUEUED));
                clock.move(Duration.ofMinutes(1));
                await().atMost(PATIENCE).until(this::allAccepted);
                assertEveryLetterCameOnce();
            }
            case "ended" -> {
                long ended = harmed.getFirst();
                assertEquals(MessageState.REJECTED, standing(ended).state());
                assertTrue(
                        standing(ended).lastReply().startsWith("5"),
                        standing(ended).lastReply());
                assertEquals(count - 1, server.ledger().size());
                assertFalse(server.recipients().contains(ScriptedLetters.reader(ended)));
                assertEquals(Optional.empty(), suppressions.find(ScriptedLetters.reader(ended)));
            }
            case "twice" -> {
                clock.move(RetrySchedule.AFTER_UNKNOWN);
                await().atMost(PATIENCE).until(this::allAccepted);
                List<FaultySmtpServer.Taken> both = server.ledger().stream()
                        .filter(taken -> taken.recipient().equals(ScriptedLetters.reader(harmed.getFirst())))
                        .toList();
                assertEquals(2, both.size());
                assertArrayEquals(both.getFirst().bytes(), both.getLast().bytes());
                assertEquals(count + 1, server.ledger().size());
            }
            default -> throw new IllegalArgumentException(state);
        }
    }

    private static Fault fault(Stage stage, String name) {
        // A server that is heard in the middle of a body has also closed the line.
        boolean last = stage == Stage.BODY;
        return switch (name) {
            case "4yz" -> says(stage == Stage.AUTH ? "454 4.7.0 not now" : "451 4.3.0 not now", last);
            case "5yz" -> says(stage == Stage.AUTH ? "535 5.7.8 no" : "554 5.5.0 no", last);
            case "421" -> new Fault.SaysAndHangsUp("421 4.3.2 closing");
            case "drop" -> new Fault.HangsUp();
            case "silence" -> new Fault.Silence();
            case "drip" -> new Fault.Drips(DRIP);
            case "garbage" -> says("what is this", last);
            case "flood" -> new Fault.Floods(FLOOD);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Fault says(String reply, boolean last) {
        return last ? new Fault.SaysAndHangsUp(reply) : new Fault.Says(reply);
    }

    /** Whether all but one letter are accepted and that one is at rest, or where it should be, all are. */
    private boolean settled(String state) {
        Map<MessageState, Long> counts = outbox.counts();
        long accepted = counts.getOrDefault(MessageState.ACCEPTED, 0L);
        return switch (state) {
            case "waits", "sent" -> accepted == count;
            case "stops" -> true;
            case "ended" -> accepted + counts.getOrDefault(MessageState.REJECTED, 0L) == count;
            default ->
                accepted == count - 1
                        && LongStream.rangeClosed(1, count)
                                .mapToObj(this::standing)
                                .filter(s -> s.state() != MessageState.ACCEPTED)
                                .allMatch(s -> !s.leased() && s.attempts() == 1 && s.state() == MessageState.QUEUED);
        };
    }

    private boolean allAccepted() {
        return outbox.counts().equals(Map.of(MessageState.ACCEPTED, (long) count));
    }

    private void assertEveryLetterCameOnce() {
        List<String> all = LongStream.rangeClosed(1, count)
                .mapToObj(ScriptedLetters::reader)
                .sorted()
                .toList();
        assertEquals(all, server.recipients().stream().sorted().toList());
    }

    private Outbox.MessageStatus standing(long reference) {
        return outbox.status(ScriptedLetters.KIND, reference).orElseThrow();
    }

    private void queue() {
        QuarkusTransaction.requiringNew().run(() -> LongStream.rangeClosed(1, count)
                .forEach(reference -> outbox.queue(
                        Priority.BULK,
                        ScriptedLetters.KIND,
                        reference,
                        clock.instant().plus(Duration.ofDays(1)))));
    }

    private Relay relay(RelaySettings.Security security, boolean login) {
        return new Relay(new RelayAddress(
                "127.0.0.1",
                server.port(),
                security,
                login ? Optional.of("letters") : Optional.empty(),
                login ? Optional.of("pass-word") : Optional.empty(),
                timeoutMillis,
                "example.org"));
    }
}
