package org.dailypapers.source;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.dailypapers.paper.PaperId;

/** A place that lists new papers. Every CDI bean of this type can be named in {@code DAILY_PAPERS_SOURCES}. */
public interface PaperSource {

    /** The name by which settings and commands call it: lower case, stable, unique. */
    String name();

    /**
     * The papers listed since the instant, oldest edition first, fetched as the stream is read; closing it stops the
     * fetch. A failure after the first record is thrown as {@link SourceException.WhileStreaming}.
     *
     * @throws SourceException where the source does not answer at all
     */
    Stream<PaperRecord> fetch(Instant since) throws SourceException;

    /**
     * The papers of the editions from one date to another, both included, and those without an edition; as
     * {@link #fetch(Instant)} otherwise.
     */
    default Stream<PaperRecord> fetch(LocalDate from, LocalDate to) throws SourceException {
        return fetch(from.atStartOfDay(ZoneOffset.UTC).toInstant()).filter(paper -> paper.listedWithin(from, to));
    }

    /** Whether the source can be asked for one paper of such an id. */
    default boolean finds(PaperId id) {
        return false;
    }

    /**
     * One paper by its id; empty where the source does not know it, or has no way to be asked.
     *
     * @throws SourceException where the source does not answer
     */
    default Optional<PaperRecord> find(PaperId id) throws SourceException {
        return Optional.empty();
    }

    /** The present votes of those of the papers that the source knows; empty for a source that has none. Never fails. */
    default Map<PaperId, Votes> votes(Collection<PaperId> ids) {
        return Map.of();
    }

    /** Told when all that a stream has given is stored; a source that notes itself where it is does so now. */
    default void stored() {}

    /** Whether the source is sure to list something on that day: without, something is wrong with it. */
    default boolean expects(LocalDate day) {
        return false;
    }

    /** The source's name for readers where it lists nothing on that day, as it announced; empty for any other day. */
    default Optional<String> quiet(LocalDate day) {
        return Optional.empty();
    }

    /** What time the source says it is (RFC 9110 §6.6.1); empty where it does not say, or does not answer. Never fails. */
    default Optional<Instant> time() {
        return Optional.empty();
    }

    /**
     * What a source's readers make of a paper.
     *
     * @param votes how many voted for it, from 0
     * @param comments how many comments it has; null where unknown
     * @param stars of its repository; null where unknown
     */
    record Votes(int votes, Integer comments, Integer stars) {

        /** Where nothing is known of a repository. */
        public Votes(int votes, Integer comments) {
            this(votes, comments, null);
        }
    }
}
