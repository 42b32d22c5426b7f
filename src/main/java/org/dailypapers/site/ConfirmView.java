package org.dailypapers.site;

import java.util.ArrayList;
import java.util.List;
import org.dailypapers.language.Language;
import org.dailypapers.language.PageMessages;
import org.dailypapers.language.ReaderMessages;
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

    /**
     * One of the choices; its values are a line each.
     *
     * @param english whether its values are in English in every language
     */
    public record Choice(String name, List<String> values, boolean english) {

        Choice(String name, List<String> values) {
            this(name, values, false);
        }
    }

    static ConfirmView of(
            Language language,
            List<Language> offered,
            String address,
            Offer offer,
            String wording,
            Topics topics,
            boolean stale) {
        ReaderMessages reply = language.reader();
        boolean change = offer.act() == Offer.Act.CHANGE;
        return new ConfirmView(
                address,
                change ? reply.changeTitle() : reply.confirmTitle(),
                change ? reply.changeText() : wording,
                change ? reply.changeButton() : reply.confirmButton(),
                offer.mark(),
                choices(language, offered, offer.preferences(), topics),
                stale);
    }

    private static List<Choice> choices(Language language, List<Language> offered, Preferences p, Topics topics) {
        PageMessages say = language.page();
        ReaderMessages reply = language.reader();
        var choices = new ArrayList<Choice>();
        choices.add(new Choice(
                reply.topics(),
                p.topics().stream()
                        .map(slug -> topics.find(slug).map(Topic::name).orElse(slug))
                        .toList(),
                true));
        choices.add(new Choice(say.keywords(), p.keywords()));
        choices.add(new Choice(reply.authors(), p.authors()));
        choices.removeIf(choice -> choice.values().isEmpty());
        String days =
                switch (p.frequency()) {
                    case DAILY, WEEKDAYS -> FormView.name(reply, p.frequency());
                    case WEEKLY -> reply.onWeekday(reply.onceAWeek(), language.weekday(p.weekday()));
                };
        choices.add(new Choice(
                reply.when(),
                List.of(reply.whenLine(
                        days, "%02d:00".formatted(p.hour()), p.zone().getId()))));
        String most = reply.howMuchLine(p.size());
        if (p.minVotes() > 0) {
            most = reply.votesLine(most, p.minVotes());
        }
        choices.add(new Choice(
                say.language(),
                offered.stream()
                        .filter(other -> other.tag().equals(p.language()))
                        .map(Language::name)
                        .toList()));
        choices.add(new Choice(reply.howMuch(), List.of(p.fill() ? reply.filledLine(most) : most)));
        return choices;
    }
}
