package org.dailypapers.site;

import jakarta.ws.rs.FormParam;
import java.time.ZoneId;
import java.util.List;
import org.dailypapers.subscriber.preference.PreferencesForm;

/** The fields that the subscribe form and the preference page share, as they were posted. */
public class SubscriptionFields {

    @FormParam("topic")
    List<String> topics = List.of();

    @FormParam("keywords")
    String keywords;

    @FormParam("author")
    List<String> authors = List.of();

    @FormParam("frequency")
    String frequency;

    @FormParam("weekday")
    String weekday;

    @FormParam("hour")
    String hour;

    @FormParam("timezone")
    String timezone;

    /** The browser's, sent along by a form that does not ask: it counts where it is one, and is no fault elsewhere. */
    @FormParam("timezone-guess")
    String guessedTimezone;

    @FormParam("size")
    String size;

    @FormParam("fill")
    String fill;

    @FormParam("min-votes")
    String minVotes;

    @FormParam("language")
    String language;

    @FormParam("action")
    String action;

    PreferencesForm form() {
        return new PreferencesForm(
                topics.stream().filter(t -> !t.isBlank()).toList(),
                keywords == null ? "" : keywords,
                String.join("\n", authors),
                frequency,
                weekday,
                hour,
                timezone(),
                size,
                fill(),
                minVotes,
                language);
    }

    private String timezone() {
        return timezone == null
                        && guessedTimezone != null
                        && ZoneId.getAvailableZoneIds().contains(guessedTimezone)
                ? guessedTimezone
                : timezone;
    }

    /** A box that is not ticked is not posted either; a post of the address alone leaves it to the default. */
    private Boolean fill() {
        return fill == null && frequency == null && size == null ? null : Boolean.valueOf("on".equals(fill));
    }
}
