package org.dailypapers.subscriber;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import org.dailypapers.language.Languages;
import org.jspecify.annotations.Nullable;

/** Something asked for on a page by whoever typed an address; it takes effect by the link that is mailed there. */
@Entity
@Table(name = "request")
public class LinkRequest {

    /** What was asked for. */
    public enum Kind {
        /** A subscription. */
        SUBSCRIBE,
        /** New preferences for a subscription that there is. */
        CHANGE,
        /** A link to the preferences. */
        LINK,
        /** Another address, asked of that address. */
        MOVE,
        /** That another address was asked for, told to the one that letters go to. */
        MOVE_NOTICE
    }

    @Id
    @GeneratedValue(generator = "request_seq")
    @SequenceGenerator(name = "request_seq", sequenceName = "request_seq", allocationSize = 50)
    public Long id;

    @Column(name = "subscriber_id", nullable = false)
    public Long subscriberId;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    public Kind kind;

    @Column(name = "asked_at", nullable = false)
    public Instant askedAt;

    /** When it was done; none while it waits: until its link was pressed, or that of another request of the same subscriber. */
    @Column(name = "applied_at")
    public @Nullable Instant appliedAt;

    /** The tag of the language of its letter, which stays one however often it is sent. */
    @Column(nullable = false)
    public String language = Languages.ENGLISH;

    /** What was typed last, as {@link PreferencesText}; none for a link. */
    public @Nullable String preferences;

    /** Where its letter goes, where that is not the subscriber's address of the moment: the new one, or the old one. */
    public @Nullable String address;

    @Column(name = "address_key")
    public @Nullable String addressKey;

    @Column(name = "mailbox_key")
    public @Nullable String mailboxKey;

    /** Who asked for another address, and where. */
    @Column(name = "asked_by")
    public @Nullable String askedBy;

    /** When the change of address was called off, or another took its place. */
    @Column(name = "stopped_at")
    public @Nullable Instant stoppedAt;

    /** The address that was given up by it. */
    public @Nullable String former;
}
