package org.dailypapers.subscriber.preference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import org.dailypapers.language.Languages;

/** Preferences as one column of JSON. */
public final class PreferencesText {

    private static final String ZONE_CHOSEN = "zoneChosen";
    private static final String LANGUAGE = "language";

    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

    private PreferencesText() {}

    /** The preferences as text. */
    public static String write(Preferences preferences) {
        try {
            return JSON.writeValueAsString(preferences);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Preferences can always be written", e);
        }
    }

    /** The preferences that were written so. */
    public static Preferences read(String text) {
        try {
            var fields = (ObjectNode) JSON.readTree(text);
            // Older texts do not tell.
            if (!fields.hasNonNull(ZONE_CHOSEN)) {
                fields.put(ZONE_CHOSEN, true);
            }
            if (!fields.hasNonNull(LANGUAGE)) {
                fields.put(LANGUAGE, Languages.ENGLISH);
            }
            return JSON.treeToValue(fields, Preferences.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A column that holds no preferences: " + e.getOriginalMessage(), e);
        }
    }
}
