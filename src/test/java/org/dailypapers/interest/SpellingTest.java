package org.dailypapers.interest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

    private static final List<String> FIELDS = List.of("title", "author", "org", "category", "topic");

    @ParameterizedTest
    @CsvSource({
        "title, title",
        "titel, title",
        "tite, title",
        "tittle, title",
        "auhtor, author",
        "authors, author",
        "categroy, category",
        "og, org",
        "topics, topic",
    })
    void aSlipOfTwoLettersIsForgiven(String word, String meant) {
        assertEquals(Optional.of(meant), Spelling.nearest(word, FIELDS));
    }

    @ParameterizedTest
    @CsvSource({"http", "abstract", "ttlxx", "categories"})
    void threeSlipsAreAnotherWord(String word) {
        assertEquals(Optional.empty(), Spelling.nearest(word, FIELDS));
    }

    @Test
    void theNearestWinsAndTheAlphabetBreaksTies() {
        assertEquals(Optional.of("bat"), Spelling.nearest("bats", List.of("cat", "bat")));
        assertEquals(Optional.of("bat"), Spelling.nearest("xat", List.of("rat", "cat", "bat")));
    }

    @Test
    void ofNothingNothingIsNear() {
        assertEquals(Optional.empty(), Spelling.nearest("title", List.of()));
        assertEquals(Optional.of("ab"), Spelling.nearest("", List.of("ab", "abc")));
    }
}
