package org.dailypapers.subscriber.preference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/** Preferences as one column of JSON. */
public final class PreferencesText {

    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .configure(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

    private PreferencesText() {}

    /** The preferences as text. */
    public static String write(Preferences preferences) {
        try {
            return JSON.writeValueAsString(new Fields(preferences));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Preferences can always be written", e);
        }
    }

    /** The preferences that were written so. */
    public static Preferences read(String text) {
        try {
            return JSON.readValue(text, Fields.class).preferences();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A column that holds no preferences: " + e.getOriginalMessage(), e);
        }
    }

    private record Fields(
            Frequency frequency,
            java.time.DayOfWeek weekday,
            int hour,
            java.time.ZoneId zone,
            int size,
            boolean fill,
            int minVotes,
            java.util.List<String> interests,
            Boolean zoneChosen) {

        Fields(Preferences p) {
            this(
                    p.frequency(),
                    p.weekday(),
                    p.hour(),
                    p.zone(),
                    p.size(),
                    p.fill(),
                    p.minVotes(),
                    p.interests(),
                    p.zoneChosen());
        }

        Preferences preferences() {
            return new Preferences(
                    frequency, weekday, hour, zone, size, fill, minVotes, interests, zoneChosen == null || zoneChosen);
        }
    }
}
