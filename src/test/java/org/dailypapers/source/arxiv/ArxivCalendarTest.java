package org.dailypapers.source.arxiv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArxivCalendarTest {

    private static ArxivCalendar builtIn() throws IOException {
        try (InputStream in = ArxivCalendar.class.getResourceAsStream("/arxiv-holidays.txt")) {
            return ArxivCalendar.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2026-04-27,false", // a Monday, announced on Sunday evening
        "2026-05-01,false", // a Friday, announced on Thursday evening
        "2026-05-02,true",
        "2026-05-03,true",
        "2026-01-02,true", // the evening of New Year's Day
        "2026-11-26,false", // announced on the evening before Thanksgiving
        "2026-11-27,true",
        "2026-12-30,true"
    })
    void aBatchIsOfTheDayAfterAnEveningOfAnnouncements(LocalDate batch, boolean quiet) throws IOException {
        assertEquals(quiet, builtIn().quiet(batch));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-04-27T03:59:00Z,2026-04-24", // Sunday, a minute before midnight in summer
        "2026-04-27T04:00:00Z,2026-04-27",
        "2026-01-12T04:59:00Z,2026-01-09", // in winter
        "2026-01-12T05:00:00Z,2026-01-12",
        "2026-05-02T12:00:00Z,2026-05-01",
        "2026-11-27T12:00:00Z,2026-11-26"
    })
    void theNewestBatchIsInTheFeedsFromMidnightOn(Instant now, LocalDate batch) throws IOException {
        assertEquals(batch, builtIn().newest(now));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-04-28T02:44:00Z,2026-04-27T02:45:00Z",
        "2026-04-28T02:45:00Z,2026-04-28T02:45:00Z",
        "2026-01-12T03:45:00Z,2026-01-12T03:45:00Z"
    })
    void changesAreReadyInTheEvening(Instant now, Instant ready) throws IOException {
        assertEquals(ready, builtIn().newestChanges(now));
    }

    @Test
    void aLineWithoutADateIsNamed() {
        assertEquals(
                "line 2: it does not begin with a date such as 2026-12-25: Christmas",
                assertThrows(IllegalArgumentException.class, () -> ArxivCalendar.read("# holidays\nChristmas\n"))
                        .getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "cs.LG,cs.LG,cs:cs:LG,cat:cs.LG",
        "math.*,math,math:math,cat:math.*",
        "math,math,math:math,cat:math.*",
        "math.NA,math.NA,math:math:NA,cat:math.NA",
        "astro-ph.EP,astro-ph.EP,physics:astro-ph:EP,cat:astro-ph.EP",
        "astro-ph.*,astro-ph,physics:astro-ph,cat:astro-ph.*",
        "cond-mat.mes-hall,cond-mat.mes-hall,physics:cond-mat:mes-hall,cat:cond-mat.mes-hall",
        "hep-th,hep-th,physics:hep-th,cat:hep-th",
        "q-bio.NC,q-bio.NC,q-bio:q-bio:NC,cat:q-bio.NC"
    })
    void aCategoryHasANameInEachInterface(String written, String feed, String set, String search) {
        ArxivCategory category = ArxivCategory.parse(written);
        assertEquals(feed, category.feed());
        assertEquals(set, category.set());
        assertEquals(search, category.search());
    }

    @ParameterizedTest
    @CsvSource({"cs_LG", "CS.LG", "news.AI", "cs.", "'cs.LG cs.CL'"})
    void whatIsNoCategoryIsNamed(String written) {
        assertEquals(
                written + " is no category of arXiv; write them like cs.LG, or math.* for all of an archive.",
                assertThrows(IllegalArgumentException.class, () -> ArxivCategory.parse(written))
                        .getMessage());
    }
}
