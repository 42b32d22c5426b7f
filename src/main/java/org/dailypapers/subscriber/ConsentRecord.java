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

/** One thing that a person said, when, and under which words. */
@Entity
@Table(name = "consent")
public class ConsentRecord {

    @Id
    @GeneratedValue(generator = "consent_seq")
    @SequenceGenerator(name = "consent_seq", sequenceName = "consent_seq", allocationSize = 50)
    public Long id;

    @Column(name = "subscriber_id", nullable = false)
    public Long subscriberId;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    public Consent consent;

    @Column(nullable = false)
    public Instant at;

    /** The text that the person saw, or where the consent was given elsewhere. */
    @Column(nullable = false)
    public String wording;
}
