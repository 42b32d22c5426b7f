package org.dailypapers.site;

import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.dailypapers.paper.Topic;
import org.dailypapers.paper.Topics;
import org.dailypapers.subscriber.Offer;
import org.dailypapers.subscriber.preference.Preferences;

/**
 * The button of a mailed link, and what it does: whoever presses it need not be the one who filled in the form.
 *
 * @param address of the button's form
 * @param seen what tells this offer from another
 * @param choices what will be sent and when, in words
 * @param stale whether something else was shown before
 */
public record ConfirmView(
        String address, String title, String text, String button, String seen, List<Choice> choices, boolean stale) {

    /** One of the choices; its values are a line each. */
    public record Choice(String name, List<String> values) {}

    static ConfirmView of(String address, Offer offer, String wording, Topics topics, boolean stale) {
        boolean change = offer.act() == Offer.Act.CHANGE;
        return new ConfirmView(
                address,
                change ? "Use the new preferences?" : "Confirm your subscription",
                change ? "What was typed on the form last becomes what you are sent:" : wording,
                change ? "Use the new preferences" : "Confirm my subscription",
                offer.mark(),
                choices(offer.preferences(), topics),
                stale);
    }

    private static List<Choice> choices(Preferences p, Topics topics) {
        var choices = new ArrayList<Choice>();
        choices.add(new Choice(
                "Topics",
                p.topics().stream()
                        .map(slug -> topics.find(slug).map(Topic::name).orElse(slug))
                        .toList()));
        choices.add(new Choice("Keywords", p.keywords()));
        choices.add(new Choice("Authors", p.authors()));
        choices.removeIf(choice -> choice.values().isEmpty());
        String days =
                switch (p.frequency()) {
                    case DAILY, WEEKDAYS -> p.frequency().words();
                    case WEEKLY -> "On " + p.weekday().getDisplayName(TextStyle.FULL, Locale.ENGLISH) + "s";
                };
        choices.add(new Choice("When", List.of("%s, not before %02d:00 (%s)".formatted(days, p.hour(), p.zone()))));
        var most = new StringBuilder(p.size() == 1 ? "1 paper" : p.size() + " papers at most");
        if (p.minVotes() > 0) {
            most.append(p.minVotes() == 1 ? ", with 1 vote" : ", with " + p.minVotes() + " votes")
                    .append(" at least");
        }
        if (p.fill()) {
            most.append(", filled up with trending papers");
        }
        Locale language = Locale.forLanguageTag(p.language());
        choices.add(new Choice("Language", List.of(language.getDisplayName(language))));
        choices.add(new Choice("How much", List.of(most.toString())));
        return choices;
    }
}
