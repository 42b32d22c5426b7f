package org.dailypapers.subscriber;

import io.quarkus.hibernate.orm.panache.PanacheRepository;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.dailypapers.delivery.Outbox;
import org.dailypapers.delivery.Priority;
import org.dailypapers.delivery.SuppressionList;
import org.dailypapers.interest.Interest;
import org.dailypapers.letter.Masthead;
import org.dailypapers.paper.EditionCalendar;
import org.dailypapers.paper.Topics;
import org.dailypapers.subscriber.leaving.Leavings;
import org.dailypapers.subscriber.leaving.LeavingsJournal;
import org.dailypapers.subscriber.preference.Preferences;
import org.dailypapers.subscriber.preference.PreferencesText;
import org.dailypapers.token.TokenPurpose;

/**
 * Who is subscribed, and every way in, through and out.
 *
 * <p>What is typed on the form takes effect only by the link that is mailed to the address, and the caller learns
 * nothing of the address's state.
 */
@ApplicationScoped
public class Subscriptions implements PanacheRepository<Subscriber> {

    /** Letters to one mailbox at the asking of whoever types it: 15 minutes apart, three a day, five in 30 days. */
    static final Duration APART = Duration.ofMinutes(15);

    static final int MOST_IN_A_DAY = 3;
    static final int MOST_IN_A_MONTH = 5;

    /** Asking again lifts a bounce's suppression when it is that old. */
    static final Duration SUPPRESSION_LIFTED_AFTER = Duration.ofDays(30);

    /** A confirmation or a link waits so long for its first try (RFC 5321 §4.5.4.1: four to five days). */
    static final Duration UNTRIED_EXPIRES = Duration.ofDays(5);

    /** How long letters rest for a mailbox that cannot take them; then one more is tried. */
    static final int UNREACHABLE_RESTS_DAYS = 30;

    /** A confirmation's link is good at least so long. */
    private static final Duration LINK_GOOD = TokenPurpose.CONFIRM.lifetime().orElseThrow();

    /** An address that was never confirmed is kept so long, for the limits to hold. */
    static final Duration UNCONFIRMED_KEPT = Duration.ofDays(31);

    private static final String STALE = "s.consent = :pending and s.leftAt is null and s.createdAt < :since and not"
            + " exists (from LinkRequest r where r.subscriberId = s.id and r.askedAt > :since)";

    private static final String WHERE_SAID = " (confirm page, v1)";

    private static final String TOPIC = Interest.topicLine("");
    private static final int TOPICS_AT_ONCE = 5_000;

    /** The rows of the table mailbox_lock. */
    private static final int LOCKS = 64;

    private final EntityManager database;
    private final Outbox outbox;
    private final SuppressionList suppressions;
    private final Leavings leavings;
    private final LeavingsJournal journal;
    private final EditionCalendar calendar;
    private final Clock clock;
    private final Masthead masthead;
    private final Event<Confirmed> confirmed;
    private final Event<PreferencesChanged> changed;
    private final Event<Erased> erased;

    Subscriptions(
            EntityManager database,
            Outbox outbox,
            SuppressionList suppressions,
            Leavings leavings,
            LeavingsJournal journal,
            EditionCalendar calendar,
            Clock clock,
            Masthead masthead,
            Event<Confirmed> confirmed,
            Event<PreferencesChanged> changed,
            Event<Erased> erased) {
        this.database = database;
        this.outbox = outbox;
        this.suppressions = suppressions;
        this.leavings = leavings;
        this.journal = journal;
        this.calendar = calendar;
        this.clock = clock;
        this.masthead = masthead;
        this.confirmed = confirmed;
        this.changed = changed;
        this.erased = erased;
    }

    /**
     * Takes what was typed on the form; a letter goes out where the limits allow. What is typed last is what every link
     * stands for that was mailed before. Says nothing of the address's state.
     */
    public void request(EmailAddress address, Preferences preferences) {
        QuarkusTransaction.requiringNew().run(() -> take(address, preferences));
    }

    private void take(EmailAddress address, Preferences preferences) {
        alone(address.mailbox());
        // What somebody typed is no more than a request until the mailed link is pressed. The same statements for an
        // address that is known: their time is nobody's clue.
        make(address, Preferences.standard(calendar.zone()), clock.instant());
        Subscriber subscriber = locked(address.key()).orElseThrow();
        LinkRequest.Kind kind = subscriber.consent == Consent.CONFIRMED ? LinkRequest.Kind.CHANGE : LinkRequest.Kind.SUBSCRIBE;
        String text = PreferencesText.write(preferences);
        boolean waited = bringUpToDate(subscriber, kind, text);
        if (!ask(subscriber, kind, text) && !waited) {
            reopen(subscriber, kind, text);
        }
    }

    /** The newest choice replaces those that wait for their links to be pressed; whether there were any. */
    private boolean bringUpToDate(Subscriber subscriber, LinkRequest.Kind kind, String preferences) {
        return database.createQuery(
                                "update LinkRequest r set r.kind = :kind, r.preferences = :preferences where r.subscriberId ="
                                        + " :s and r.preferences is not null and r.appliedAt is null")
                        .setParameter("kind", kind)
                        .setParameter("preferences", preferences)
                        .setParameter("s", subscriber.id)
                        .executeUpdate()
                > 0;
    }

    /** Where no letter may go out any more, the link that was pressed last stands for the newest choice. */
    private void reopen(Subscriber subscriber, LinkRequest.Kind kind, String preferences) {
        database.createQuery(
                        "from LinkRequest r where r.subscriberId = :s and r.preferences is not null and r.askedAt > :since"
                                + " order by r.id desc",
                        LinkRequest.class)
                .setParameter("s", subscriber.id)
                .setParameter("since", clock.instant().minus(LINK_GOOD))
                .setMaxResults(1)
                .getResultStream()
                .forEach(request -> {
                    request.kind = kind;
                    request.preferences = preferences;
                    request.appliedAt = null;
                });
    }

    /** Mails a link to the preferences, if there is such a confirmed subscriber. Says nothing of it. */
    public void link(EmailAddress address) {
        link(address.mailbox(), address.key());
    }

    private void link(String mailbox, String key) {
        QuarkusTransaction.requiringNew().run(() -> {
            alone(mailbox);
            locked(key).filter(s -> s.consent == Consent.CONFIRMED).ifPresent(s -> ask(s, LinkRequest.Kind.LINK, null));
        });
    }

    /** Mails a private link to a subscriber who holds an ordinary one. */
    public void privateLink(long subscriberId) {
        QuarkusTransaction.requiringNew().call(() -> find(subscriberId)).ifPresent(s -> link(s.mailboxKey, s.emailKey));
    }

    /** What a mailbox may ask for is counted while nobody else asks for it, by whatever spelling. */
    private void alone(String mailbox) {
        database.createNativeQuery("select stripe from mailbox_lock where stripe = :stripe for update")
                .setParameter("stripe", Math.floorMod(mailbox.hashCode(), LOCKS))
                .getSingleResult();
    }

    /** The subscriber of that address, locked in the transaction at hand. */
    public Optional<Subscriber> locked(EmailAddress address) {
        return locked(address.key());
    }

    private Optional<Subscriber> locked(String key) {
        return find("emailKey", key).withLock(LockModeType.PESSIMISTIC_WRITE).firstResultOptional();
    }

    /** The subscriber of that address, locked; a pending one is made where there is none. */
    private Subscriber known(EmailAddress address, Preferences preferences, Instant since) {
        return locked(address.key()).orElseGet(() -> {
            make(address, preferences, since);
            return locked(address.key()).orElseThrow();
        });
    }

    /** Of two first requests at once the second finds the first one's row: a refused insert would log the address. */
    private void make(EmailAddress address, Preferences p, Instant since) {
        database.createNativeQuery(
                        "insert into subscriber (id, email, email_key, mailbox_key, consent, frequency, weekday, send_hour,"
                                + " zone, zone_chosen, size, fill, min_votes, interests, created_at) values (nextval('subscriber_seq'),"
                                + " :email, :key, :mailbox, :consent, :frequency, :weekday, :hour, :zone, :chosen, :size, :fill, :votes,"
                                + " :interests, :since) on conflict do nothing")
                .setParameter("email", address.typed())
                .setParameter("key", address.key())
                .setParameter("mailbox", address.mailbox())
                .setParameter("consent", Consent.PENDING.name())
                .setParameter("frequency", p.frequency().name())
                .setParameter("weekday", p.weekday().getValue())
                .setParameter("hour", p.hour())
                .setParameter("zone", p.zone().getId())
                .setParameter("chosen", p.zoneChosen())
                .setParameter("size", p.size())
                .setParameter("fill", p.fill())
                .setParameter("votes", p.minVotes())
                .setParameter("interests", String.join("\n", p.interests()))
                .setParameter("since", since)
                .executeUpdate();
    }

    /** Mails a link for it; false where the limits do not allow it. */
    private boolean ask(Subscriber subscriber, LinkRequest.Kind kind, String preferences) {
        Instant now = clock.instant();
        boolean link = kind == LinkRequest.Kind.LINK;
        if (asked(subscriber, link, now.minus(APART)) > 0
                || asked(subscriber, link, now.minus(Duration.ofHours(24))) >= MOST_IN_A_DAY
                || asked(subscriber, link, now.minus(Duration.ofDays(30))) >= MOST_IN_A_MONTH) {
            return false;
        }
        suppressions
                .find(subscriber.emailKey)
                .filter(s -> s.since().isBefore(now.minus(SUPPRESSION_LIFTED_AFTER)))
                .ifPresent(s -> suppressions.remove(subscriber.emailKey));
        var request = new LinkRequest();
        request.subscriberId = subscriber.id;
        request.kind = kind;
        request.askedAt = now;
        request.preferences = preferences;
        database.persist(request);
        database.flush();
        outbox.queue(Priority.TRANSACTIONAL, ServiceLetters.KIND, request.id, now.plus(UNTRIED_EXPIRES));
        return true;
    }

    /**
     * Links and confirmations are counted apart: who has just confirmed may ask for a link. What a clock that was ahead
     * has dated in days to come does not count.
     */
    private long asked(Subscriber subscriber, boolean link, Instant since) {
        return database.createQuery(
                        "select count(*) from LinkRequest r join Subscriber s on s.id = r.subscriberId where s.mailboxKey ="
                                + " :mailbox and r.askedAt > :since and r.askedAt <= :now and r.kind "
                                + (link ? "=" : "<>")
                                + " org.dailypapers.subscriber.LinkRequest.Kind.LINK",
                        Long.class)
                .setParameter("mailbox", subscriber.mailboxKey)
                .setParameter("since", since)
                .setParameter("now", clock.instant())
                .getSingleResult();
    }

    /** What pressing the button of a confirmation's link does now; empty where that request is gone. */
    @Transactional
    public Optional<Offer> offer(long requestId) {
        return Optional.ofNullable(database.find(LinkRequest.class, requestId))
                .filter(request -> request.preferences != null)
                .map(request -> offer(request, database.find(Subscriber.class, request.subscriberId)));
    }

    private static Offer offer(LinkRequest request, Subscriber subscriber) {
        boolean waits = request.appliedAt == null;
        boolean subscribed = subscriber.consent == Consent.CONFIRMED;
        return new Offer(
                subscriber,
                !subscribed ? Offer.Act.SUBSCRIBE : waits ? Offer.Act.CHANGE : Offer.Act.NOTHING,
                waits ? PreferencesText.read(request.preferences) : subscriber.preferences());
    }

    /**
     * What came of a press.
     *
     * @param taken whether it was done; not where something else had been seen
     */
    public record Pressed(Offer offer, boolean taken) {}

    /** Does what pressing the button of a mailed link does now. The subscriber, unless erased meanwhile. */
    @Transactional
    public Optional<Subscriber> confirm(long requestId) {
        return confirm(requestId, null).map(pressed -> pressed.offer().subscriber());
    }

    /**
     * Does what pressing the button of a mailed link does now, where that is what was seen beside the button. To press
     * it after leaving is to consent anew.
     *
     * @param seen {@link Offer#mark()} of what was seen; null where that is not known
     */
    @Transactional
    public Optional<Pressed> confirm(long requestId, String seen) {
        LinkRequest request = database.find(LinkRequest.class, requestId);
        if (request == null || request.preferences == null) {
            return Optional.empty();
        }
        Subscriber subscriber = database.find(Subscriber.class, request.subscriberId, LockModeType.PESSIMISTIC_WRITE);
        if (subscriber == null) {
            return Optional.empty();
        }
        database.refresh(request);
        Offer offer = offer(request, subscriber);
        if (seen != null && !seen.equals(offer.mark())) {
            return Optional.of(new Pressed(offer, false));
        }
        if (offer.act() != Offer.Act.NOTHING) {
            take(offer);
        }
        return Optional.of(new Pressed(offer, true));
    }

    private void take(Offer offer) {
        Subscriber subscriber = offer.subscriber();
        Instant now = clock.instant();
        database.createQuery(
                        "update LinkRequest r set r.appliedAt = :now where r.subscriberId = :s and r.preferences is not"
                                + " null and r.appliedAt is null")
                .setParameter("now", now)
                .setParameter("s", subscriber.id)
                .executeUpdate();
        subscriber.prefer(offer.preferences());
        subscriber.chosenAt = now;
        subscriber.pauseUntil = null;
        subscriber.pauseReason = null;
        if (offer.act() == Offer.Act.CHANGE) {
            changed.fire(new PreferencesChanged(subscriber));
        } else {
            if (leavings.last(subscriber.mailboxKey).isPresent()) {
                journal.returned(subscriber.emailKey, subscriber.mailboxKey, now);
            }
            say(subscriber, Consent.CONFIRMED, now, wording() + WHERE_SAID);
            subscriber.confirmedAt = now;
            confirmed.fire(new Confirmed(subscriber, true));
        }
    }

    /** The words beside the confirm button, which are kept as what was said by pressing it. */
    public String wording() {
        return "Yes, send me " + masthead.name() + ". Every letter has a link that ends it at once.";
    }

    /**
     * Brings in somebody whose consent was given elsewhere; no letter of welcome goes out. Throws
     * IllegalArgumentException where what is known of them is newer: whoever left comes back by their own act alone.
     *
     * @param since when they said so; null where that is not known, which a yes does not allow
     */
    @Transactional
    public Subscriber bringIn(
            EmailAddress address, Preferences preferences, Consent consent, Instant since, LocalDate pauseUntil) {
        Instant now = clock.instant();
        if (since != null && since.isAfter(now)) {
            throw new IllegalArgumentException("since is in the future: " + since + ", and it is " + now);
        }
        Subscriber subscriber = known(address, preferences, since == null ? now : since);
        Consent before = subscriber.consent;
        switch (consent) {
            case PENDING -> bringInPending(subscriber);
            case CONFIRMED -> bringInConfirmed(subscriber, since);
            case WITHDRAWN -> bringInWithdrawn(subscriber, since);
        }
        subscriber.prefer(preferences);
        if (!Objects.equals(pauseUntil, subscriber.pauseUntil)) {
            subscriber.pauseUntil = pauseUntil;
            subscriber.pauseReason = null;
        }
        if (subscriber.consent == Consent.CONFIRMED && before != Consent.CONFIRMED) {
            confirmed.fire(new Confirmed(subscriber, false));
        } else {
            changed.fire(new PreferencesChanged(subscriber));
        }
        return subscriber;
    }

    private void bringInPending(Subscriber subscriber) {
        if (subscriber.consent == Consent.CONFIRMED) {
            throw new IllegalArgumentException("is confirmed already; the line says pending");
        }
        leavings.last(subscriber.mailboxKey).ifPresent(left -> {
            throw new IllegalArgumentException(
                    "left at " + left + " and comes back by their own act alone; the line says pending");
        });
    }

    private void bringInConfirmed(Subscriber subscriber, Instant since) {
        if (subscriber.consent != Consent.CONFIRMED) {
            leavings.last(subscriber.mailboxKey)
                    .filter(left -> !since.isAfter(left))
                    .ifPresent(left -> {
                        throw new IllegalArgumentException("left after " + since
                                + ", the date in the column since, and comes back by their own act alone");
                    });
        } else if (!since.isAfter(subscriber.confirmedAt)) {
            return;
        }
        if (subscriber.leftAt != null) {
            journal.returned(subscriber.emailKey, subscriber.mailboxKey, since);
        }
        say(subscriber, Consent.CONFIRMED, since, imported());
        subscriber.confirmedAt = since;
    }

    private void bringInWithdrawn(Subscriber subscriber, Instant since) {
        if (subscriber.consent == Consent.WITHDRAWN && (since == null || !since.isAfter(subscriber.leftAt))) {
            return;
        }
        if (subscriber.consent == Consent.CONFIRMED && since != null && since.isBefore(subscriber.confirmedAt)) {
            throw new IllegalArgumentException("said yes at " + subscriber.confirmedAt + ", after " + since
                    + ", the date in the column since; the line says withdrawn");
        }
        Instant left = since == null ? clock.instant() : since;
        withdraw(subscriber, left, imported());
    }

    private void withdraw(Subscriber subscriber, Instant at, String wording) {
        journal.left(subscriber.emailKey, subscriber.mailboxKey, at);
        say(subscriber, Consent.WITHDRAWN, at, wording);
        subscriber.leftAt = at;
    }

    private String imported() {
        return "imported by the operator at " + clock.instant();
    }

    /** The topics that are not offered, by how many readers who have not left chose them. */
    @SuppressWarnings("unchecked")
    public Map<String, Integer> gone(Topics offered) {
        var gone = new TreeMap<String, Integer>();
        long after = Long.MIN_VALUE;
        List<Object[]> page;
        do {
            long from = after;
            page = QuarkusTransaction.requiringNew().call(() -> database.createNativeQuery(
                            "select id, interests from subscriber where id > :after and consent <> 'WITHDRAWN'"
                                    + " and interests like '%topic:%' order by id")
                    .setParameter("after", from)
                    .setMaxResults(TOPICS_AT_ONCE)
                    .getResultList());
            for (Object[] row : page) {
                after = ((Number) row[0]).longValue();
                ((String) row[1])
                        .lines()
                        .filter(line -> line.startsWith(TOPIC))
                        .map(line -> line.substring(TOPIC.length()))
                        .filter(slug ->
                                Topics.isSlug(slug) && offered.find(slug).isEmpty())
                        .distinct()
                        .forEach(slug -> gone.merge(slug, 1, Integer::sum));
            }
        } while (page.size() == TOPICS_AT_ONCE);
        return gone;
    }

    @Transactional
    public Optional<Subscriber> find(long id) {
        return findByIdOptional(id);
    }

    @Transactional
    public Optional<Subscriber> find(EmailAddress address) {
        return find("emailKey", address.key()).firstResultOptional();
    }

    /** Replaces the preferences. */
    @Transactional
    public void save(long id, Preferences preferences) {
        Subscriber subscriber = database.find(Subscriber.class, id, LockModeType.PESSIMISTIC_WRITE);
        subscriber.prefer(preferences);
        subscriber.chosenAt = clock.instant();
        changed.fire(new PreferencesChanged(subscriber));
    }

    /** Lets letters rest until that date of the subscriber's, or go on where it is null. */
    @Transactional
    public void pause(long id, LocalDate until) {
        Subscriber subscriber = database.find(Subscriber.class, id, LockModeType.PESSIMISTIC_WRITE);
        subscriber.pauseUntil = until;
        subscriber.pauseReason = null;
        subscriber.chosenAt = clock.instant();
        changed.fire(new PreferencesChanged(subscriber));
    }

    /** Lets letters rest for a month, for the mailbox cannot take them; a longer pause of the reader's own stands. */
    @Transactional
    public void restUnreachable(long id) {
        Subscriber subscriber = database.find(Subscriber.class, id, LockModeType.PESSIMISTIC_WRITE);
        LocalDate until =
                LocalDate.ofInstant(clock.instant(), ZoneId.of(subscriber.zone)).plusDays(UNREACHABLE_RESTS_DAYS);
        if (!subscriber.pausedOn(until.minusDays(1))) {
            subscriber.pauseUntil = until;
            subscriber.pauseReason = PauseReason.UNREACHABLE;
            changed.fire(new PreferencesChanged(subscriber));
        }
    }

    /** Ends the subscription at once; a second time changes nothing. */
    @Transactional
    public void withdraw(long id, String wording) {
        Subscriber subscriber = database.find(Subscriber.class, id, LockModeType.PESSIMISTIC_WRITE);
        if (subscriber != null && subscriber.consent != Consent.WITHDRAWN) {
            withdraw(subscriber, clock.instant(), wording);
            changed.fire(new PreferencesChanged(subscriber));
        }
    }

    /** Withdraws somebody who left at that moment, as a journal tells; false where they are out or said yes since. */
    @Transactional
    public boolean leftBefore(long id, Instant left) {
        Subscriber subscriber = database.find(Subscriber.class, id, LockModeType.PESSIMISTIC_WRITE);
        if (subscriber == null || subscriber.consent == Consent.WITHDRAWN || isSince(subscriber.confirmedAt, left)) {
            return false;
        }
        say(subscriber, Consent.WITHDRAWN, left, "restored from the journal of leavings at " + clock.instant());
        subscriber.leftAt = left;
        changed.fire(new PreferencesChanged(subscriber));
        return true;
    }

    /** Whether that was said since; what a clock that was ahead has dated in days to come is no later word. */
    private boolean isSince(Instant said, Instant left) {
        return said != null && said.isAfter(left) && !said.isAfter(clock.instant());
    }

    /** Erases somebody who was erased at that moment, as a journal tells; false where they have come since. */
    @Transactional
    public boolean erasedBefore(long id, Instant erased) {
        Subscriber subscriber = database.find(Subscriber.class, id, LockModeType.PESSIMISTIC_WRITE);
        if (subscriber == null || isSince(subscriber.createdAt, erased) || isSince(subscriber.confirmedAt, erased)) {
            return false;
        }
        remove(subscriber);
        return true;
    }

    /**
     * Takes the unsubscription of that moment back, for whoever had confirmed before; a second time changes nothing.
     *
     * @param left when they left, to the second: what takes one leaving back does nothing about a later one
     * @return whether they are subscribed now
     */
    @Transactional
    public boolean undo(long id, Instant left) {
        Subscriber subscriber = database.find(Subscriber.class, id, LockModeType.PESSIMISTIC_WRITE);
        return subscriber != null
                && (subscriber.consent == Consent.CONFIRMED
                        || subscriber.consent == Consent.WITHDRAWN
                                && subscriber
                                        .leftAt
                                        .truncatedTo(ChronoUnit.SECONDS)
                                        .equals(left)
                                && undo(id));
    }

    /** Takes the last unsubscription back, for whoever had confirmed before; whether there was one. */
    @Transactional
    public boolean undo(long id) {
        Subscriber subscriber = database.find(Subscriber.class, id, LockModeType.PESSIMISTIC_WRITE);
        if (subscriber == null || subscriber.consent != Consent.WITHDRAWN || subscriber.confirmedAt == null) {
            return false;
        }
        journal.returned(subscriber.emailKey, subscriber.mailboxKey, clock.instant());
        say(subscriber, Consent.CONFIRMED, clock.instant(), "unsubscription undone (unsubscribe page, v1)");
        subscriber.confirmedAt = clock.instant();
        changed.fire(new PreferencesChanged(subscriber));
        return true;
    }

    /**
     * Removes the person and everything that is kept about them, but the suppression list's hash and one that says that
     * they left: who wants to be forgotten wants no letter either.
     */
    @Transactional
    public void erase(long id) {
        Subscriber subscriber = database.find(Subscriber.class, id, LockModeType.PESSIMISTIC_WRITE);
        if (subscriber != null) {
            journal.erased(subscriber.emailKey, subscriber.mailboxKey, clock.instant());
            leavings.keep(subscriber.mailboxKey, clock.instant());
            remove(subscriber);
        }
    }

    private void remove(Subscriber subscriber) {
        long id = subscriber.id;
        erased.fire(new Erased(id));
        database.createQuery("select r.id from LinkRequest r where r.subscriberId = :s", Long.class)
                .setParameter("s", id)
                .getResultList()
                .forEach(r -> outbox.forget(ServiceLetters.KIND, r));
        delete(subscriber);
    }

    /**
     * Dates to this moment what a clock that was ahead has dated in days to come: a list would be refused for it, and a
     * later leaving would seem the earlier one.
     *
     * @return how many dates there were
     */
    @Transactional
    public int bringBack() {
        int dates = 0;
        for (String dated : List.of(
                "subscriber set created_at",
                "subscriber set confirmed_at",
                "subscriber set chosen_at",
                "subscriber set left_at",
                "leaving set left_at",
                "consent set at")) {
            String column = dated.substring(dated.lastIndexOf(' ') + 1);
            dates += database.createNativeQuery("update " + dated + " = :now where " + column + " > :now")
                    .setParameter("now", clock.instant())
                    .executeUpdate();
        }
        return dates;
    }

    /** Forgets addresses whose confirmation never came, and who never left; how many. */
    public int forgetUnconfirmed() {
        Instant since = clock.instant().minus(UNCONFIRMED_KEPT);
        List<Long> stale = QuarkusTransaction.requiringNew()
                .call(() -> database.createQuery("select s.id from Subscriber s where " + STALE, Long.class)
                        .setParameter("pending", Consent.PENDING)
                        .setParameter("since", since)
                        .getResultList());
        return (int) stale.stream()
                .filter(id -> QuarkusTransaction.requiringNew().call(() -> forgetUnconfirmed(id, since)))
                .count();
    }

    /** Whether they still were unconfirmed, and had not asked again meanwhile. */
    private boolean forgetUnconfirmed(long id, Instant since) {
        Subscriber subscriber = database.find(Subscriber.class, id, LockModeType.PESSIMISTIC_WRITE);
        boolean stale = subscriber != null
                && database.createQuery("select count(*) from Subscriber s where s.id = :id and " + STALE, Long.class)
                                .setParameter("id", id)
                                .setParameter("pending", Consent.PENDING)
                                .setParameter("since", since)
                                .getSingleResult()
                        > 0;
        if (stale) {
            remove(subscriber);
        }
        return stale;
    }

    /** What was asked for on pages for that address, oldest first. */
    @Transactional
    public List<LinkRequest> requests(long id) {
        return database.createQuery("from LinkRequest r where r.subscriberId = :s order by r.id", LinkRequest.class)
                .setParameter("s", id)
                .getResultList();
    }

    /** What the person said, oldest first. */
    @Transactional
    public List<ConsentRecord> history(long id) {
        return database.createQuery(
                        "from ConsentRecord c where c.subscriberId = :s order by c.at, c.id", ConsentRecord.class)
                .setParameter("s", id)
                .getResultList();
    }

    /** A page of all subscribers by id, for the export. */
    @Transactional
    public List<Subscriber> after(long id, int most) {
        return find("id > ?1 order by id", id).page(0, most).list();
    }

    private void say(Subscriber subscriber, Consent consent, Instant at, String wording) {
        subscriber.consent = consent;
        var record = new ConsentRecord();
        record.subscriberId = subscriber.id;
        record.consent = consent;
        record.at = at;
        record.wording = wording;
        database.persist(record);
    }
}
