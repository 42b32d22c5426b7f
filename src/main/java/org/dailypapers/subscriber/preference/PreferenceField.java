package org.dailypapers.subscriber.preference;

import java.util.function.Function;

/** A preference of one value, as forms, files and exports name it; interests are told apart from these. */
public enum PreferenceField {
    FREQUENCY("frequency", p -> p.frequency().id()),
    WEEKDAY("weekday", p -> p.weekday().getValue()),
    HOUR("hour", Preferences::hour),
    TIMEZONE("timezone", p -> p.zone().getId()),
    SIZE("size", Preferences::size),
    FILL("fill", Preferences::fill),
    MIN_VOTES("min-votes", Preferences::minVotes),
    LANGUAGE("language", Preferences::language);

    private final String id;
    private final Function<Preferences, Object> value;

    PreferenceField(String id, Function<Preferences, Object> value) {
        this.id = id;
        this.value = value;
    }

    /** Its name on forms and in files. */
    public String id() {
        return id;
    }

    /** Its value, a text, a number or a truth. */
    public Object of(Preferences preferences) {
        return value.apply(preferences);
    }
}
