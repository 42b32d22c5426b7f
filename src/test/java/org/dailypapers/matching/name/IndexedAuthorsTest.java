package org.dailypapers.matching.name;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import org.dailypapers.paper.Paper;
import org.junit.jupiter.api.Test;

class IndexedAuthorsTest {

    private final IndexedAuthors indexed = new IndexedAuthors(5_000);

    private int of(long id, int authors) {
        var paper = new Paper();
        paper.id = id;
        paper.authors = Collections.nCopies(authors, "Ada Lovelace");
        return indexed.of(paper);
    }

    @Test
    void allAuthorsOfAFewLargePapersAreIndexed() {
        assertEquals(3, of(1, 3));
        assertEquals(3_303, of(2, 3_303));
        assertEquals(3_303, of(2, 3_303), "the same paper again takes no more room");
    }

    @Test
    void ofManyLargePapersTheFirstAuthorsAre() {
        assertEquals(3_303, of(1, 3_303));
        assertEquals(100, of(2, 3_303));
        assertEquals(1_500, of(3, 1_500));
        assertEquals(90, of(4, 90));
        assertEquals(50, of(1, 50), "which makes room again");
        assertEquals(3_303, of(2, 3_303));
    }
}
