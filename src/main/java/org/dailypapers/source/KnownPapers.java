package org.dailypapers.source;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.PaperId;
import org.dailypapers.paper.Papers;
import org.dailypapers.paper.Titles;

/**
 * Tells which paper of the catalogue a record is about.
 *
 * <p>The arXiv id is the identity, else the DOI, else what the source itself calls the paper. Two papers that have one of a
 * kind each are two, whatever else they share: authors give one DOI to several parts. Only a preprint and the version that
 * its journal published are one with two DOIs. Titles join a paper that has an
 * identity with one that has none, as on a copied page, and only titles that {@linkplain Titles#saysEnough say enough}.
 * A record joins one paper at most; where it fits several, it is the first of those that have its title.
 */
@ApplicationScoped
class KnownPapers {

    private final Papers papers;

    KnownPapers(Papers papers) {
        this.papers = papers;
    }

    /** The papers that these records may be about, in the transaction at hand. */
    PossiblePapers possible(List<PaperRecord> records) {
        return new PossiblePapers(papers, records);
    }

    /** The paper that the record is about; empty where it is a new one. */
    static Optional<Paper> find(PaperRecord record, PossiblePapers papers) {
        return papers.withPublicId(record.id().value())
                .or(() -> first(record.doi() == null ? List.of() : papers.withDoi(record.doi()), record))
                .or(() -> first(record.preprint() == null ? List.of() : papers.withDoi(record.preprint()), record))
                .or(() -> first(record.ownId().map(papers::withOwnId).orElse(List.of()), record))
                .or(() -> byTitle(record, papers));
    }

    private static Optional<Paper> first(List<Paper> papers, PaperRecord record) {
        String key = titleKey(record);
        List<Paper> possible = papers.stream().filter(p -> mayBeOne(p, record)).toList();
        return possible.stream().filter(p -> p.titleKey.equals(key)).findFirst().or(() -> possible.stream()
                .findFirst());
    }

    private static boolean mayBeOne(Paper paper, PaperRecord record) {
        PaperId one = identity(paper);
        PaperId other = record.id();
        if (one.isDoi() && other.isDoi()) {
            return one.equals(other)
                    || names(one, record.doi())
                    || names(other, paper.doi)
                    || names(other, paper.preprintDoi);
        }
        return !(one.isArxiv() && other.isArxiv());
    }

    private static boolean names(PaperId identity, String doi) {
        return doi != null && identity.value().equals("doi:" + doi);
    }

    private static Optional<Paper> byTitle(PaperRecord record, PossiblePapers papers) {
        boolean enough = Titles.saysEnough(record.title());
        if (record.id().isTitle()) {
            return enough ? papers.newestTitled(titleKey(record)) : Optional.empty();
        }
        return papers.titledAlone(titleKey(record))
                .filter(p -> p.url == null ? enough : p.url.equals(record.url()))
                .findFirst();
    }

    private static String titleKey(PaperRecord record) {
        return PaperId.ofTitle(record.title()).value();
    }

    private static PaperId identity(Paper paper) {
        return new PaperId(paper.publicId);
    }
}
