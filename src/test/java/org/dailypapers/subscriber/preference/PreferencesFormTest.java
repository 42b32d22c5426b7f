package org.dailypapers.subscriber.preference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dailypapers.language.Language;
import org.dailypapers.language.Languages;
import org.dailypapers.paper.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreferencesFormTest {

    private static final Topics TOPICS = Topics.read("[speech] Speech\nspeech\n[vision] Vision\nvision");
    private static final Offered OFFERED = new Offered(
            TOPICS,
            new Languages(
                    List.of(new Language("en", null, null, null, null), new Language("de", null, null, null, null))));
    private static final Preferences STANDARD = Preferences.standard(ZoneId.of("Europe/Berlin"));

    private static final PreferencesForm BLANK =
            new PreferencesForm(List.of(), "", "", null, "", " ", null, "", true, null, " ");

    private static Preferences good(PreferencesForm form) {
        return assertInstanceOf(PreferencesForm.Good.class, form.read(OFFERED, STANDARD))
                .preferences();
    }

    private static Map<String, String> faults(PreferencesForm form) {
        var sentences = new LinkedHashMap<String, String>();
        assertInstanceOf(PreferencesForm.Faulty.class, form.read(OFFERED, STANDARD))
                .faults()
                .forEach((field, fault) -> sentences.put(field, fault.english()));
        return sentences;
    }

    private static PreferencesForm with(String field, String value) {
        return new PreferencesForm(
                field.equals("topic") ? List.of(value) : List.of(),
                field.equals("keywords") ? value : "",
                field.equals("author") ? value : "",
                field.equals("frequency") ? value : null,
                field.equals("weekday") ? value : null,
                field.equals("hour") ? value : null,
                field.equals("timezone") ? value : null,
                field.equals("size") ? value : null,
                true,
                field.equals("min-votes") ? value : null,
                field.equals("language") ? value : null);
    }

    @Test
    void blankFieldsTakeTheDefaults() {
        assertEquals(STANDARD, good(BLANK));
    }

    @Test
    void everyFieldIsRead() {
        var form = new PreferencesForm(
                List.of("vision", "speech"),
                "  world model \r\n\r\n\"sparse attention\" -survey\n!blockchain",
                "Fei-Fei Li\nBjörk Guðmundsdóttir",
                "weekly",
                "7",
                "0",
                " America/St_Johns ",
                "50",
                false,
                "3",
                "DE-at");
        assertEquals(
                new Preferences(
                        Frequency.WEEKLY,
                        DayOfWeek.SUNDAY,
                        0,
                        ZoneId.of("America/St_Johns"),
                        50,
                        false,
                        3,
                        List.of(
                                "topic:vision",
                                "topic:speech",
                                "world model",
                                "\"sparse attention\" -survey",
                                "!blockchain",
                                "author:\"Fei-Fei Li\"",
                                "author:\"Björk Guðmundsdóttir\""),
                        true,
                        "de"),
                good(form));
    }

    @Test
    void whatWasReadFillsTheSameFormAgain() {
        var form = new PreferencesForm(
                List.of("speech"),
                "agent* OR robot\n!survey^2",
                "Ada Lovelace",
                "daily",
                "3",
                "23",
                "UTC",
                "1",
                true,
                "0",
                "de");
        Preferences read = good(form);
        assertEquals(form, PreferencesForm.of(read));
        assertEquals(read, good(PreferencesForm.of(read)));
    }

    @ParameterizedTest
    @CsvSource({
        "topic, no-such-topic",
        "keywords, (open",
        "keywords, -only -exclusions",
        "keywords, titel:x",
        "author, ???",
        "frequency, hourly",
        "weekday, 0",
        "weekday, 8",
        "weekday, monday",
        "hour, 24",
        "hour, -1",
        "hour, 8:00",
        "hour, 1e1",
        "hour, ٣",
        "timezone, Europe/Atlantis",
        "timezone, +02:00",
        "timezone, CEST",
        "size, 0",
        "size, 51",
        "size, 99999999999999999999",
        "min-votes, -5",
        "min-votes, 100001",
        "language, tlh",
        "language, German",
    })
    void aFaultStandsAtItsFieldAlone(String field, String value) {
        assertEquals(Set.of(field), faults(with(field, value)).keySet());
    }

    @Test
    void everyFaultIsToldAtOnce() {
        var form = new PreferencesForm(List.of("nope"), "(", "?", "x", "x", "x", "x", "x", true, "x", "x");
        assertEquals(
                Set.of(
                        "topic",
                        "keywords",
                        "author",
                        "frequency",
                        "weekday",
                        "hour",
                        "size",
                        "min-votes",
                        "timezone",
                        "language"),
                faults(form).keySet());
    }

    @Test
    void aLineThatCannotBeReadIsNamedByItsNumber() {
        assertTrue(faults(with("keywords", "fine\n\nalso fine\n\"never closed"))
                .get("keywords")
                .startsWith("Line 3: "));
    }

    @Test
    void everyLineThatCannotBeReadIsNamed() {
        String fault = faults(with("keywords", "(a\nfine\n\"b\ntitel:c")).get("keywords");
        for (String line : List.of("Line 1: ", "Line 3: ", "Line 4: ")) {
            assertTrue(fault.contains(line), fault);
        }
        assertEquals(-1, fault.indexOf("Line 2"));
        String names = faults(with("author", "???\nAda Lovelace\n!!!")).get("author");
        assertTrue(names.contains("\"???\"") && names.contains("\"!!!\"") && !names.contains("Ada"), names);
        String many = faults(with("keywords", "(\n".repeat(200))).get("keywords");
        assertTrue(many.contains("Line 10: ") && many.endsWith(" And 190 more."), many);
        var topics = new PreferencesForm(
                List.of("x", "speech", "y"), "", "", null, null, null, null, null, null, null, null);
        assertEquals(
                "There is no topic \"x\". There is no topic \"y\".",
                faults(topics).get("topic"));
    }

    @Test
    void aLanguageThatIsNotOfferedIsNamedWithThoseThatAre() {
        assertEquals(
                "There is no language \"tlh\". Choose one of de, en.",
                faults(with("language", "tlh")).get("language"));
    }

    @Test
    void aTimeZoneWithASlipIsSuggestedRight() {
        assertTrue(faults(with("timezone", "Europe/Berln")).get("timezone").contains("Did you mean Europe/Berlin?"));
    }

    @Test
    void whatIsQuotedInAFaultIsShort() {
        for (String field : List.of("topic", "author", "timezone", "keywords", "hour", "language")) {
            String fault = faults(with(field, "?".repeat(30_000))).get(field);
            assertTrue(fault.length() < 400, field + ": " + fault.length());
        }
    }

    @Test
    void aLineTwiceIsOneInterestAnd200AreTheMost() {
        assertEquals(
                List.of("agents"),
                good(with("keywords", "agents\nagents\n agents ")).interests());
        String many = IntStream.range(0, 200).mapToObj(i -> "word" + i).collect(Collectors.joining("\n"));
        assertEquals(200, good(with("keywords", many)).interests().size());
        assertEquals(
                Set.of("keywords"),
                faults(with("keywords", many + "\none more")).keySet());
    }
}
