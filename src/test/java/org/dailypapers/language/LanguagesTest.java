package org.dailypapers.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class LanguagesTest {

    /** The language of the tests alone. */
    private static final String BRACKETS = "ar-XB";

    private static final LocalDate SATURDAY = LocalDate.parse("2026-01-31");

    @Inject
    Languages languages;

    @Test
    void theOnesThatHaveFilesAreOfferedEnglishFirst() {
        assertTrue(
                languages.tags().containsAll(List.of("de", "en", "es", "fr", "ja", "zh")), languages.tags()::toString);
        assertEquals("English", languages.offered().getFirst().name());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    de                              | de
                    de-AT,de;q=0.9,en;q=0.8         | de
                    DE-at                           | de
                    nl,fr-CA;q=0.8,en;q=0.5         | fr
                    zh-CN,zh;q=0.9                  | zh
                    zh-Hans-SG,en;q=0.9             | zh
                    zh-Hant-TW                      | en
                    zh-TW,zh;q=0.9,ja;q=0.8         | ja
                    zh-TW,zh-CN;q=0.9,ja;q=0.8      | zh
                    zh-HK,ja;q=0.5                  | ja
                    pt-BR,es-419;q=0.7              | es
                    en-US,en;q=0.9,de;q=0.8         | en
                    ja;q=0.3,de;q=0.4               | de
                    tlh                             | en
                    *                               | en
                    *,de;q=0.5                      | de
                    de;q=0                          | en
                    de;q=0,fr;q=0.1                 | fr
                    ,,,                             | en
                    de;q=high                       | en
                    de;q=high,fr;q=0.4              | fr
                    de, ,fr;q=0.5                   | de
                    ,,es,                           | es
                    b@d,ja;q=0.1                    | ja
                    fr;q=2,es                       | es
                    de;q=0.5;x=1,fr;q=0.1           | fr
                    DE ; Q=0.2 , fr ; q=0.9         | fr
                    ../../etc/passwd                | en
                    """)
    void aBrowserIsAnsweredInWhatItAsksForMost(String header, String tag) {
        assertEquals(tag, languages.best(header).tag());
    }

    @Test
    void ofAHeaderThatNoBrowserSendsNothingIsRead() {
        assertEquals("en", languages.best(null).tag());
        assertEquals("en", languages.best("").tag());
        assertEquals("en", languages.best("de,".repeat(1000) + "de").tag());
    }

    @Test
    void aTagIsFoundInAnyCaseAndAForeignOneIsNot() {
        assertEquals("de", languages.find("DE ").orElseThrow().tag());
        assertEquals("zh", languages.find("zh-Hans-CN").orElseThrow().tag());
        assertEquals("zh", languages.find("zh_CN").orElseThrow().tag());
        assertEquals("de", languages.find("de_AT").orElseThrow().tag());
        assertTrue(languages.find("zh-TW").isEmpty(), "is read by those who read the other Chinese script");
        assertTrue(languages.find("tlh").isEmpty());
        assertTrue(languages.find("").isEmpty());
        assertTrue(languages.find("d".repeat(100_000)).isEmpty());
        assertEquals("en", languages.of("tlh").tag());
    }

    @Test
    void eachHasItsOwnWordsAndDates() {
        Language german = languages.of("de");
        assertEquals("Deutsch", german.name());
        assertEquals("Im Trend", german.letter().trending());
        assertEquals("Samstag, 31. Januar 2026", german.withWeekday(SATURDAY));
        assertEquals("Saturday, 31 January 2026", languages.english().withWeekday(SATURDAY));
        assertEquals("31 Jan 2026", languages.english().shortDate(SATURDAY));
        assertEquals("samedi 31 janvier 2026", languages.of("fr").withWeekday(SATURDAY));
        assertEquals("1er mars 2026", languages.of("fr").longDate(LocalDate.parse("2026-03-01")));
        assertEquals("11 mars 2026", languages.of("fr").shortDate(LocalDate.parse("2026-03-11")));
        assertEquals("31 de enero de 2026", languages.of("es").longDate(SATURDAY));
        assertEquals("2026年1月31日星期六", languages.of("zh").withWeekday(SATURDAY));
        assertEquals("2026年1月", languages.of("ja").month(YearMonth.of(2026, 1)));
        assertEquals("zh-Hans", languages.of("zh").htmlTag());
    }

    @Test
    void oneThatIsWrittenFromTheRightSaysSo() {
        assertEquals("ltr", languages.of("ja").direction());
        assertEquals("rtl", languages.of(BRACKETS).direction());
    }

    @Test
    void aTimeIsSaidInTheLargestUnitOfWhichItHasSeveral() {
        assertEquals("7 Tage", languages.of("de").duration(Duration.ofDays(7)));
        assertEquals("24 hours", languages.english().duration(Duration.ofDays(1)));
        assertEquals("30 分間", languages.of("ja").duration(Duration.ofMinutes(30)));
    }

    @Test
    void signsBetweenSentencesAndReasonsAreTheLanguages() {
        assertEquals("One. Two.", languages.english().letter().bothSentences("One.", "Two."));
        assertEquals("甲。乙。", languages.of("zh").letter().bothSentences("甲。", "乙。"));
        assertEquals("甲（乙）", languages.of("ja").letter().withWords("甲", "乙"));
        assertEquals("un\u00A0; deux", languages.of("fr").letter().bothReasons("un", "deux"));
        assertEquals("one; two", languages.english().letter().bothReasons("one", "two"));
    }

    @Test
    void onePaperIsNotSpokenOfAsSeveral() {
        assertEquals("1 vote", languages.english().letter().votes(1));
        assertEquals("2 votes", languages.english().letter().votes(2));
        assertEquals("0 votes", languages.english().letter().votes(0));
        assertEquals("0 vote", languages.of("fr").letter().votes(0));
        assertEquals("0 commentaire", languages.of("fr").page().commentsCounted(0, "0"));
        assertEquals("2 votes", languages.of("fr").letter().votes(2));
        assertEquals("und eine weitere Person", languages.of("de").letter().moreAuthors(1));
        assertEquals("und 3 weitere", languages.of("de").page().andMore(3, "3"));
        assertEquals("et 1 autre", languages.of("fr").page().andMore(1, "1"));
    }
}
