package org.dailypapers.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import org.dailypapers.Database;
import org.dailypapers.MovedClock;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.PaperId;
import org.dailypapers.paper.Papers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows from before texts were made plain. */
@QuarkusTest
class StoredTextsTest {

    @Inject
    Database database;

    @Inject
    MovedClock clock;

    @Inject
    Papers papers;

    @Inject
    StoredTexts texts;

    @Inject
    EntityManager entities;

    @BeforeEach
    void anEmptyCatalogue() {
        database.empty();
        clock.moveTo("2026-03-02T12:00:00Z");
    }

    private Paper stored(String id, String title, String summary, List<String> authors) {
        return QuarkusTransaction.requiringNew().call(() -> {
            var paper = new Paper();
            paper.publicId = id;
            paper.title = title;
            paper.titleKey = PaperId.ofTitle(title).value();
            paper.summary = summary;
            paper.authors = authors;
            paper.origin = "huggingface";
            paper.firstEdition = java.time.LocalDate.parse("2026-02-01");
            paper.changedAt = Instant.parse("2026-02-01T00:00:00Z");
            papers.persist(paper);
            return paper;
        });
    }

    @Test
    void thatIsDoneOnceInTheLifeOfADatabase() {
        texts.makePlainOnce();
        stored("2602.00009", "Q&amp;A", "about", List.of());
        new StoredTexts(entities, papers).makePlainOnce();
        assertEquals("Q&amp;A", database.rows("select title from paper").strip());
    }

    @Test
    void theirHtmlAndTexBecomeLettersOnceAndTheRestStays() {
        stored("2602.00001", "Q&amp;A", "A Schr\\\"odinger bridge", List.of("Ren\\'e Marois", "Ann \"A\" Lee"));
        Paper other = stored("2602.00002", "C\\ourown & more", "$\\ourown(n)$", List.of("R&D Group"));
        assertEquals(1, texts.makePlain());
        Paper mended = papers.find(new PaperId("2602.00001")).orElseThrow();
        assertEquals("Q&A", mended.title);
        assertEquals(PaperId.ofTitle("Q&A").value(), mended.titleKey);
        assertEquals("Q&amp;A", mended.titleWritten);
        assertEquals("A Schrödinger bridge", mended.summary);
        assertEquals("A Schr\\\"odinger bridge", mended.summaryWritten);
        assertEquals(List.of("René Marois", "Ann \"A\" Lee"), mended.authors);
        assertTrue(mended.changedAt.isAfter(other.changedAt), "search reads it again");
        Paper same = papers.find(new PaperId("2602.00002")).orElseThrow();
        assertEquals(other.title, same.title);
        assertEquals(other.changedAt, same.changedAt);
        assertEquals(0, texts.makePlain());
    }
}
