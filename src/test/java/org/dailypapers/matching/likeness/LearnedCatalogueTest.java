package org.dailypapers.matching.likeness;

import static org.dailypapers.House.paper;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.stream.IntStream;
import org.dailypapers.Database;
import org.dailypapers.FreshService;
import org.dailypapers.ScriptedSource;
import org.dailypapers.edition.Intake;
import org.dailypapers.paper.Papers;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LearnedCatalogueTest {

    private static final String[] FIELDS = {
        "Masks segment an image",
        "Proteins fold in a cell",
        "Galaxies glow in dust",
        "Robots grasp a cup",
        "Markets price an option"
    };

    private static final TermVectors.Text TEXT = new TermVectors.Text("An image of masks", "");

    @Inject
    FreshService service;

    @Inject
    Intake intake;

    @Inject
    Papers papers;

    @Inject
    StatelessSession database;

    @Inject
    LearningMark mark;

    @Inject
    Database rows;

    @BeforeEach
    void begin() {
        service.at("2026-03-03T12:00:00Z");
    }

    private void file(int from, int upTo) {
        intake.file(
                ScriptedSource.NAME,
                IntStream.range(from, upTo)
                        .mapToObj(i -> paper(
                                "2603.%05d".formatted(i + 1), FIELDS[i % FIELDS.length] + ", part " + i, "2026-03-02")),
                n -> {});
    }

    private LearnedCatalogue started() {
        var process = new LearnedCatalogue(papers, database, mark);
        assertTrue(process.prepare());
        return process;
    }

    @Test
    void aProcessThatBeginsLaterLearnsTheSame() {
        file(0, 100);
        float[] first = started().vectors().of(TEXT);
        file(100, 120);
        assertArrayEquals(first, started().vectors().of(TEXT));
        LearnedCatalogue follower = started();
        file(120, 160);
        LearnedCatalogue leader = started();
        follower.prepare();
        assertArrayEquals(leader.vectors().of(TEXT), follower.vectors().of(TEXT));
        assertTrue(leader.vectors().size() > 0);
    }

    @Test
    void whereNothingCouldBeLearnedThatIsSaid() {
        file(0, 30);
        var failing = new boolean[] {true};
        var process = new LearnedCatalogue(papers, database, new LearningMark(database) {
            @Override
            Mark current() {
                if (failing[0]) {
                    throw new IllegalStateException("no database");
                }
                return mark.current();
            }
        });
        assertFalse(process.prepare());
        assertEquals(0, process.vectors().size());
        failing[0] = false;
        assertTrue(process.prepare());
        assertTrue(process.vectors().size() > 0);
    }

    @Test
    void lettersDoNotWaitForEverForWhatCannotBeLearned() {
        file(0, 30);
        var failing = new boolean[] {true};
        var process = new LearnedCatalogue(papers, database, new LearningMark(database) {
            @Override
            Mark current() {
                if (failing[0]) {
                    throw new OutOfMemoryError("of a test");
                }
                return mark.current();
            }
        });
        assertFalse(process.settled());
        process.prepare();
        assertFalse(process.settled());
        process.prepare();
        assertTrue(process.settled());
        assertEquals(0, process.vectors().size());
        failing[0] = false;
        process.prepare();
        assertTrue(process.settled());
        assertTrue(process.vectors().size() > 0);
    }

    @Test
    void whatIsLearnedFromMovesWithAQuarterMoreAndWithHalfOfThemGone() {
        file(0, 100);
        LearningMark.Mark first = mark.current();
        assertEquals(100, first.papers());
        file(100, 124);
        assertEquals(first, mark.current());
        file(124, 125);
        LearningMark.Mark second = mark.current();
        assertEquals(125, second.papers());
        rows.update("delete from paper where id in (select id from paper order by id limit 62)");
        assertEquals(second, mark.current());
        rows.update("delete from paper where id in (select id from paper order by id limit 1)");
        assertEquals(62, mark.current().papers());
        rows.update("delete from paper");
        assertEquals(0, mark.current().papers());
    }

    @Test
    void anEmptyCatalogueHasNothingToLearnFrom() {
        assertEquals(0, started().vectors().size());
    }
}
