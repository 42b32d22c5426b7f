package org.dailypapers.subscriber.preference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreferencesTextTest {

    private static final Preferences CHOSEN = new Preferences(
            Frequency.WEEKLY, DayOfWeek.SUNDAY, 7, ZoneId.of("Europe/Berlin"), 12, false, 3, List.of("topic:vision"));

    /** What waits for its link to be pressed was written so, and the page's mark is a hash of it. */
    @Test
    void theTextStaysAsItIsInTheDatabase() {
        assertEquals(
                "{\"frequency\":\"WEEKLY\",\"weekday\":\"SUNDAY\",\"hour\":7,\"zone\":\"Europe/Berlin\",\"size\":12,"
                        + "\"fill\":false,\"minVotes\":3,\"interests\":[\"topic:vision\"],\"zoneChosen\":true,\"language\":\"en\"}",
                PreferencesText.write(CHOSEN));
    }

    @Test
    void whatIsWrittenIsRead() {
        assertEquals(CHOSEN, PreferencesText.read(PreferencesText.write(CHOSEN)));
        Preferences standard = Preferences.standard(ZoneId.of("Z"));
        assertEquals(standard, PreferencesText.read(PreferencesText.write(standard)));
    }

    /** As confirmations waited that were asked for before letters had languages. */
    @Test
    void aTextWithoutALanguageIsThatOfAReaderOfEnglish() {
        assertEquals(
                CHOSEN,
                PreferencesText.read(
                        "{\"frequency\":\"WEEKLY\",\"weekday\":\"SUNDAY\",\"hour\":7,\"zone\":\"Europe/Berlin\",\"size\":12,"
                                + "\"fill\":false,\"minVotes\":3,\"interests\":[\"topic:vision\"],\"zoneChosen\":true}"));
    }

    @Test
    void aZoneOfWhichAnOlderTextDoesNotTellWasChosen() {
        String text = PreferencesText.write(CHOSEN).replace(",\"zoneChosen\":true", ",\"later\":1");
        assertEquals(CHOSEN, PreferencesText.read(text));
    }
}
