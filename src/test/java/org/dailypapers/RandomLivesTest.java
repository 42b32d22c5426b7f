package org.dailypapers;

import static org.dailypapers.House.paper;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Timestamp;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.dailypapers.delivery.Delivery;
import org.dailypapers.digest.Chosen;
import org.dailypapers.digest.Digest;
import org.dailypapers.subscriber.Consent;
import org.dailypapers.subscriber.DoubleOptIn;
import org.dailypapers.subscriber.EmailAddress;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.SubscriberImport;
import org.dailypapers.subscriber.Subscriptions;
import org.dailypapers.subscriber.preference.Frequency;
import org.dailypapers.subscriber.preference.Preferences;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two thousand made-up lives of readers, against a slow model of what each of them is owed.
 *
 * <p>In each world some two hundred readers subscribe, resend, confirm, pause, leave, come back, are imported and erased
 * at random, while sources and relay fail and the clock is set; then four weeks of calm follow. The model knows which
 * papers each edition brought and what each reader said; it knows nothing of ranges, cursors or rows.
 */
@QuarkusTest
class RandomLivesTest {

    private static final int READERS = 200;
    private static final int CALM_DAYS = 16;
    private static final int NEWEST = 14;
    private static final Duration STEP = Duration.ofHours(2);
    private static final List<String> ZONES =
            List.of("UTC", "Europe/Berlin", "America/Los_Angeles", "Asia/Kolkata", "Pacific/Auckland", "Asia/Tokyo");
    private static final List<String> WORDS = List.of("graph", "vase", "engine", "proof", "retina");

    @Inject
    MovedClock clock;

    @Inject
    Database database;

    @Inject
    ScriptedSource source;

    @Inject
    Schedule schedule;

    @Inject
    Subscriptions subscriptions;

    @Inject
    SubscriberImport imports;

    @Inject
    DoubleOptIn optIn;

    @Inject
    Delivery delivery;

    private Random random;
    private final AcceptingTransport relay = new AcceptingTransport();
    private boolean relayIsUp;

    /** When the world was last disturbed: letters of before may still be on their way. */
    private Instant disturbed;

    private int papers;
    private final Map<String, Life> lives = new TreeMap<>();
    private final Map<Long, String> titles = new HashMap<>();
    private final Set<Long> delivered = new HashSet<>();
    private String seed;
    private List<Listed> listed;

    /** What the model knows of one reader. */
    private static final class Life {
        final String name;
        Long id;
        Consent consent;
        Preferences preferences;
        LocalDate pauseUntil;
        Instant left;

        /** Editions up to this one were before their time, or are considered for them. */
        LocalDate from;

        /** The local date whose turn has been taken. */
        LocalDate turn;

        final Set<Long> got = new LinkedHashSet<>();

        /** Their dates on which a letter could be made for them. */
        final TreeSet<LocalDate> turns = new TreeSet<>();

        /** What they did and what came, for whoever looks into a failure. */
        final List<String> story = new ArrayList<>();

        final List<LocalDate[]> ranges = new ArrayList<>();

        Life(String name) {
            this.name = name;
        }

        @Override
        public String toString() {
            return name + " " + String.join("; ", story) + ";";
        }

        boolean wants(Instant now) {
            return consent == Consent.CONFIRMED
                    && (pauseUntil == null || !date(now).isBefore(pauseUntil));
        }

        LocalDate date(Instant now) {
            return LocalDate.ofInstant(now, preferences.zone());
        }
    }

    static LongStream worlds() {
        return LongStream.rangeClosed(1, Long.getLong("lives.worlds", 10));
    }

    @ParameterizedTest
    @MethodSource("worlds")
    void nobodyLosesOrRepeatsAPaperAndNothingFollowsALeaver(long number) {
        long first = Long.getLong("lives.seed", 20_260_302L);
        seed = "seed " + (first + number);
        System.out.println("Random lives: " + seed + " (-Dlives.seed=" + first + ")");
        random = new Random(first + number);
        begin();
        Instant wild = clock.instant().plus(Duration.ofDays(wildDays()));
        while (clock.instant().isBefore(wild)) {
            disturb();
            for (Life life : lives.values()) {
                if (random.nextInt(40) == 0) {
                    act(life);
                }
            }
            pass();
        }
        calm();
        Instant end = clock.instant().plus(Duration.ofDays(CALM_DAYS));
        while (clock.instant().isBefore(end)) {
            pass();
        }
        assertEquals(
                papers + 1,
                Integer.parseInt(database.rows("select count(*) from paper").strip()),
                seed);
        lives.values().forEach(this::check);
    }

    /** How long everything may happen at once. */
    int wildDays() {
        return 20;
    }

    private void begin() {
        database.empty();
        source.reset();
        relay.accepted.clear();
        lives.clear();
        titles.clear();
        delivered.clear();
        papers = 0;
        relayIsUp = true;
        clock.moveTo("2026-03-02T00:00:00Z");
        disturbed = clock.instant();
        source.list(paper("2602.00001", "An older paper", "2026-03-01"));
        schedule.tick();
        for (int i = 0; i < READERS; i++) {
            String name = String.format("reader%03d", i);
            lives.put(name, new Life(name));
        }
    }

    /** Outages, clocks that are set, a process that sleeps; and the day's papers. */
    private void disturb() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (random.nextInt(4) == 0) {
            papers++;
            String word = WORDS.get(random.nextInt(WORDS.size()));
            source.list(
                    paper(String.format("2603.%05d", papers), "A " + word + " numbered " + papers, today.toString()));
        }
        switch (random.nextInt(60)) {
            case 0 -> source.goDown();
            case 1, 2, 3 -> source.comeBack();
            case 4 -> relayIsUp = false;
            case 5, 6, 7 -> relayIsUp = true;
            case 8 -> {
                clock.move(Duration.ofHours(20 + random.nextInt(40)));
                disturbed = clock.instant();
            }
            case 9 -> {
                clock.set(clock.instant()
                        .minus(Duration.ofMinutes(30 + random.nextInt(150)))
                        .toString());
                disturbed = clock.instant();
            }
            default -> {}
        }
        if (!relayIsUp) {
            disturbed = clock.instant();
        }
    }

    private void calm() {
        source.comeBack();
        relayIsUp = true;
        disturbed = clock.instant();
    }

    private void act(Life life) {
        Instant now = clock.instant();
        EmailAddress address = EmailAddress.parse(life.name + "@example.org").orElseThrow();
        int act = random.nextInt(10);
        life.story.add(now + " act " + act);
        switch (act) {
            case 0, 1 -> optIn.request(address, somePreferences());
            case 2, 3, 4 -> confirmOne(life, address);
            case 5 -> {
                if (life.consent == Consent.CONFIRMED) {
                    LocalDate until =
                            random.nextInt(3) == 0 ? null : life.date(now).plusDays(1 + random.nextInt(8));
                    subscriptions.pause(life.id, until);
                    life.pauseUntil = until;
                }
            }
            case 6 -> {
                if (life.consent == Consent.CONFIRMED) {
                    subscriptions.withdraw(life.id, "left");
                    life.consent = Consent.WITHDRAWN;
                    life.left = now;
                }
            }
            case 7 -> {
                if (life.consent == Consent.WITHDRAWN
                        && Duration.between(life.left, now).abs().toHours() < 24) {
                    subscriptions.undo(life.id);
                    life.consent = Consent.CONFIRMED;
                }
            }
            case 8 -> importOne(life, address);
            case 9 -> {
                if (life.id != null && random.nextInt(3) == 0) {
                    subscriptions.erase(life.id);
                    String name = life.name;
                    lives.put(name, new Life(name));
                }
            }
            default -> throw new IllegalStateException();
        }
    }

    private Preferences somePreferences() {
        var interests = new ArrayList<String>();
        for (String word : WORDS) {
            if (random.nextInt(3) == 0) {
                interests.add(word);
            }
        }
        return new Preferences(
                random.nextInt(4) == 0 ? Frequency.WEEKLY : Frequency.DAILY,
                DayOfWeek.of(1 + random.nextInt(7)),
                random.nextInt(24),
                ZoneId.of(ZONES.get(random.nextInt(ZONES.size()))),
                50,
                false,
                0,
                interests.isEmpty() ? List.of("graph") : interests);
    }

    /** Presses the button of one of the letters that were mailed, an old one perhaps. */
    private void confirmOne(Life life, EmailAddress address) {
        Optional<Subscriber> known = subscriptions.find(address);
        if (known.isEmpty()) {
            return;
        }
        List<Long> requests = optIn.requests(known.get().id).stream()
                .filter(r -> r.preferences != null)
                .map(r -> r.id)
                .toList();
        if (requests.isEmpty()) {
            return;
        }
        Consent before = life.consent;
        boolean done =
                optIn.confirm(requests.get(random.nextInt(requests.size()))).isPresent();
        Subscriber after = subscriptions.find(address).orElseThrow();
        assertEquals(
                done ? Consent.CONFIRMED : before == null ? Consent.PENDING : before,
                after.consent,
                () -> seed + ", " + life.name + ": the page and the database say the same");
        life.id = after.id;
        if (done) {
            know(life, after);
        }
    }

    private void importOne(Life life, EmailAddress address) {
        Consent consent = random.nextBoolean() ? Consent.CONFIRMED : Consent.PENDING;
        Instant since = clock.instant().minus(Duration.ofDays(random.nextInt(30)));
        Preferences preferences = somePreferences();
        boolean taken = true;
        try {
            imports.bringIn(address, preferences, consent, since, null);
        } catch (IllegalArgumentException refused) {
            taken = false;
        }
        Subscriber now = subscriptions.find(address).orElse(null);
        if (life.consent == Consent.WITHDRAWN && !since.isAfter(life.left)) {
            assertEquals(
                    Consent.WITHDRAWN,
                    now.consent,
                    () -> seed + ", " + life.name + " left at " + life.left + "; no yes of " + since + " undoes that");
        }
        if (taken && now.consent == Consent.CONFIRMED) {
            know(life, now);
        }
    }

    /** What closed before somebody came, or wished for something else, is not owed under the new wishes. */
    private void know(Life life, Subscriber now) {
        if (life.consent != Consent.CONFIRMED || !now.preferences().equals(life.preferences)) {
            life.from = newestClosed();
            life.turn = null;
        }
        life.id = now.id;
        life.consent = Consent.CONFIRMED;
        life.preferences = now.preferences();
        life.pauseUntil = now.pauseUntil;
        life.story.add(clock.instant() + " wants " + now.preferences() + " from " + life.from);
    }

    private LocalDate newestClosed() {
        String date = database.rows("select max(date) from edition where closed_at is not null")
                .strip();
        return date.equals("null") ? LocalDate.EPOCH : LocalDate.parse(date);
    }

    /** Two hours pass. */
    private void pass() {
        clock.move(STEP);
        schedule.tick();
        listed = null;
        if (relayIsUp) {
            delivery.drain(relay);
        }
        arrived();
        boolean settled = Duration.between(disturbed, clock.instant()).toHours() >= 72;
        for (Life life : lives.values()) {
            takeTurn(life, settled);
        }
    }

    /** What was accepted since, by the rows that say so. */
    private void arrived() {
        String rows =
                database.rows("select d.id, d.subscriber_id, d.from_date, d.to_date, d.kind, d.items from digest d"
                        + " join message m on m.kind = 'digest' and m.reference = d.id where m.state = 'ACCEPTED' and m.ended_at >= "
                        + literal(clock.instant()) + " order by d.id");
        Map<Long, Life> byId = new HashMap<>();
        lives.values().stream().filter(l -> l.id != null).forEach(l -> byId.put(l.id, l));
        for (String row : rows.lines().toList()) {
            String[] fields = row.split(" \\| ", 6);
            if (!delivered.add(Long.parseLong(fields[0]))) {
                continue;
            }
            Life life = byId.get(Long.parseLong(fields[1]));
            assertTrue(
                    life != null && life.wants(clock.instant()),
                    () -> seed + ": a letter for a reader who is gone, left or paused: " + row);
            var digest = new Digest();
            digest.items = fields[5];
            for (Chosen chosen : digest.chosen()) {
                assertTrue(
                        life.got.add(chosen.paper()), () -> seed + ", " + life.name + ": a paper came twice: " + row);
            }
            LocalDate from = LocalDate.parse(fields[2]);
            LocalDate to = LocalDate.parse(fields[3]);
            for (LocalDate[] other : life.ranges) {
                assertTrue(
                        !from.isBefore(other[1]) || !other[0].isBefore(to),
                        () -> seed + ", " + life.name + ": an edition was considered twice: " + row + " after ("
                                + other[0] + ", " + other[1] + "]");
            }
            life.ranges.add(new LocalDate[] {from, to});
            life.story.add(clock.instant() + " got " + fields[4] + " (" + from + ", " + to + "]");
        }
    }

    /** In settled times whoever's hour has come has what the closed editions hold for them. */
    private void takeTurn(Life life, boolean settled) {
        Instant now = clock.instant();
        if (!life.wants(now)) {
            return;
        }
        LocalDate today = life.date(now);
        Instant due = today.atTime(life.preferences.hour(), 0)
                .atZone(life.preferences.zone())
                .toInstant();
        if (due.isAfter(now)) {
            return;
        }
        if (relayIsUp && life.preferences.frequency().includes(today, life.preferences.weekday())) {
            life.turns.add(today);
        }
        if (life.preferences.frequency() != Frequency.DAILY || today.equals(life.turn)) {
            return;
        }
        // The first look after the hour; whoever came later today may wait until tomorrow.
        boolean fresh = Duration.between(due, now).compareTo(STEP) < 0 && life.turn != null;
        life.turn = today;
        if (settled && fresh) {
            Set<Long> owed = owed(life, due);
            owed.removeAll(life.got);
            assertEquals(Set.of(), owed, () -> seed + ", " + life + " is owed papers at " + now);
        }
    }

    /** A paper in an edition that closed. */
    private record Listed(long paper, String title, LocalDate edition, Instant closed) {}

    private List<Listed> listed() {
        if (listed == null) {
            listed = database.rows(
                            "select p.id, e.edition, d.closed_at, p.title from entry e join paper p on p.id = e.paper_id"
                                    + " join edition d on d.date = e.edition where not d.history and d.closed_at is not null")
                    .lines()
                    .map(row -> row.split(" \\| ", 4))
                    .map(f -> new Listed(Long.parseLong(f[0]), f[3] + " ", LocalDate.parse(f[1]), instant(f[2])))
                    .toList();
        }
        return listed;
    }

    private static Instant instant(String column) {
        return column.endsWith("Z") || column.contains("T")
                ? OffsetDateTime.parse(column).toInstant()
                : Timestamp.valueOf(column).toInstant();
    }

    private static String literal(Instant instant) {
        return "timestamp with time zone '"
                + instant.toString().replace('T', ' ').replace("Z", "+00") + "'";
    }

    /**
     * The papers that match, of the editions that closed since their time began and before that instant, and that were
     * among the newest fourteen when a letter could be made.
     */
    private Set<Long> owed(Life life, Instant before) {
        var owed = new LinkedHashSet<Long>();
        for (Listed each : listed()) {
            if (each.edition().isAfter(life.from)
                    && each.closed().isBefore(before)
                    && !life.turns
                            .subSet(each.edition().plusDays(2), each.edition().plusDays(NEWEST))
                            .isEmpty()
                    && life.preferences.interests().stream()
                            .anyMatch(word -> each.title().contains(" " + word + " "))) {
                owed.add(each.paper());
            }
        }
        return owed;
    }

    /** At the end everybody who wants letters has all that they are owed. */
    private void check(Life life) {
        if (life.wants(clock.instant())) {
            Set<Long> owed = owed(life, clock.instant().minus(Duration.ofDays(9)));
            owed.removeAll(life.got);
            assertEquals(Set.of(), owed, () -> seed + ", " + life + " never got what they were owed");
        }
    }
}
