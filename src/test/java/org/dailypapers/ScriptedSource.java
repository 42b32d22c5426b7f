package org.dailypapers;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.dailypapers.paper.PaperId;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.source.PaperSource;
import org.dailypapers.source.SourceException;

/** A source whose listings and votes a test writes; it lists a paper from its date on, for whoever asks from then on. */
@ApplicationScoped
public class ScriptedSource implements PaperSource {

    public static final String NAME = "scripted";

    private final List<PaperRecord> listed = new ArrayList<>();
    private final Map<PaperId, PaperRecord> known = new HashMap<>();
    private final Map<PaperId, Votes> votes = new HashMap<>();
    private final Map<LocalDate, String> quiet = new HashMap<>();
    private final Clock clock;
    private boolean down;
    private boolean breaks;
    private Duration rest;
    private int asked;
    private Error error;
    private Runnable whenVotesAreRead = () -> {};
    private volatile CountDownLatch hangs = new CountDownLatch(0);

    ScriptedSource(Clock clock) {
        this.clock = clock;
    }

    public void reset() {
        listed.clear();
        known.clear();
        votes.clear();
        quiet.clear();
        down = false;
        breaks = false;
        rest = null;
        asked = 0;
        error = null;
        whenVotesAreRead = () -> {};
        hangs.countDown();
    }

    /** From now on it answers nobody until it comes back. */
    public void hang() {
        hangs = new CountDownLatch(1);
    }

    public void list(PaperRecord record) {
        listed.add(record);
    }

    /** A paper that it lists nowhere and can be asked for. */
    public void know(PaperRecord record) {
        known.put(record.id(), record);
    }

    public void vote(PaperId id, int count) {
        votes.put(id, new Votes(count, 0));
    }

    public void goDown() {
        down = true;
    }

    /** Down, and asking to be left alone so long. */
    public void goDown(Duration rest) {
        down = true;
        this.rest = rest;
    }

    /** What happens in the midst of a closing. */
    public void whenVotesAreRead(Runnable happens) {
        whenVotesAreRead = happens;
    }

    /** From now on asking it ends in an error of the machine. */
    public void failWith(Error error) {
        this.error = error;
    }

    public void comeBack() {
        hangs.countDown();
        down = false;
        rest = null;
    }

    /** It has announced that it lists nothing on that day. */
    public void beQuietOn(String day, String said) {
        quiet.put(LocalDate.parse(day), said);
    }

    @Override
    public Optional<String> quiet(LocalDate day) {
        return Optional.ofNullable(quiet.get(day));
    }

    /** How often it was asked and answered. */
    public int asked() {
        return asked;
    }

    /** From now on a listing breaks off at its end. */
    public void breakAfterListing() {
        breaks = true;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Stream<PaperRecord> fetch(Instant since) throws SourceException {
        if (down) {
            throw new SourceException("scripted: down", null, rest);
        }
        asked++;
        try {
            hangs.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (error != null) {
            throw error;
        }
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        LocalDate from = LocalDate.ofInstant(since, ZoneOffset.UTC);
        Stream<PaperRecord> records = List.copyOf(listed).stream()
                .filter(r -> r.listed() == null
                        || !r.listed().isAfter(today) && !r.listed().isBefore(from));
        return breaks ? Stream.concat(records, Stream.generate(ScriptedSource::broken)) : records;
    }

    @Override
    public boolean finds(PaperId id) {
        return true;
    }

    @Override
    public Optional<PaperRecord> find(PaperId id) throws SourceException {
        if (down) {
            throw new SourceException("scripted: down", null);
        }
        return Optional.ofNullable(known.get(id));
    }

    @Override
    public Map<PaperId, Votes> votes(Collection<PaperId> ids) {
        whenVotesAreRead.run();
        return down ? Map.of() : Map.copyOf(votes);
    }

    private static PaperRecord broken() {
        throw new SourceException.WhileStreaming(new SourceException("scripted: the line broke", null));
    }
}
