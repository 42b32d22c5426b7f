package org.dailypapers.digest;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Transient;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.dailypapers.digest.rules.DigestKind;
import org.dailypapers.digest.rules.DigestRange;
import org.dailypapers.digest.rules.ReaderStanding;
import org.dailypapers.digest.rules.Turn;
import org.dailypapers.language.Languages;
import org.jspecify.annotations.Nullable;

/** A dated selection of papers for one subscriber, from the editions of (from, to]. */
@Entity
public class Digest {

    /** What a digest's message is called in the outbox; it refers to the digest's id. */
    public static final String MESSAGE_KIND = "digest";

    /** Given by {@link Digests#write}. */
    @Id
    public Long id;

    @Column(name = "subscriber_id", nullable = false)
    public Long subscriberId;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    public DigestKind kind;

    /** The edition before its first one. */
    @Column(name = "from_date", nullable = false)
    public LocalDate from;

    /** Its last edition. */
    @Column(name = "to_date", nullable = false)
    public LocalDate to;

    @Column(name = "composed_at", nullable = false)
    public Instant composedAt;

    /** The date of the letter, where its reader lives. */
    @Column(name = "local_date", nullable = false)
    public LocalDate localDate;

    /** What was chosen and why, as {@link Chosen#write}. */
    @Column(nullable = false)
    public String items;

    /** The tag of the language of its letter: its reader may choose another one before it is sent again. */
    @Column(nullable = false)
    public String language = Languages.ENGLISH;

    /** Its own id where it expired and its range is free again, else 0. */
    @Column(name = "given_back", nullable = false)
    public long givenBack;

    /** What editors had written above its last edition when it was composed, in Markdown; only where its letter is made. */
    @Transient
    public @Nullable String note;

    /**
     * A digest of these papers that is still to be written.
     *
     * @param standing the reader's, who is composed for at that instant
     */
    static Digest of(Reader reader, Turn.Compose turn, List<Chosen> chosen, ReaderStanding standing, Instant now) {
        var digest = new Digest();
        digest.subscriberId = reader.subscriberId;
        digest.kind = turn.kind();
        digest.from = turn.from();
        digest.to = turn.to();
        digest.composedAt = now;
        digest.localDate = standing.localDate(now);
        digest.language = standing.preferences().language();
        digest.items = Chosen.write(chosen);
        return digest;
    }

    public List<Chosen> chosen() {
        return Chosen.read(items);
    }

    /** What the rules know of it. */
    DigestRange range() {
        return new DigestRange(kind, from, to, localDate);
    }
}
