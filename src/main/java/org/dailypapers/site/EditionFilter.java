package org.dailypapers.site;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.dailypapers.language.FaultMessages;
import org.dailypapers.paper.Topics;
import org.dailypapers.site.answer.Refused;
import org.jspecify.annotations.Nullable;

/**
 * What an edition's papers are narrowed to: those of any of the topics and of any of the categories.
 *
 * @param topics by their slugs, in order; of all topics where none is named
 * @param categories in order; of all where none is named
 */
record EditionFilter(List<String> topics, List<String> categories) {

    private static final int MOST = 5;
    private static final int LONGEST = 100;

    /** Reads the parameters; throws a 400 that says in a line what is wrong. */
    static EditionFilter of(@Nullable List<String> topics, @Nullable List<String> categories, Topics known) {
        List<String> slugs = distinct(topics);
        for (String slug : slugs) {
            if (known.find(slug).isEmpty()) {
                throw new Refused(FaultMessages::noSuchTopic);
            }
        }
        return new EditionFilter(slugs, distinct(categories));
    }

    private static List<String> distinct(@Nullable List<String> typed) {
        var values = new TreeSet<String>();
        for (String value : typed == null ? List.<String>of() : typed) {
            if (value.length() > LONGEST) {
                throw new Refused(FaultMessages::addressTooLong);
            }
            if (!value.isBlank()) {
                values.add(value.strip());
            }
        }
        if (values.size() > MOST) {
            throw new Refused(say -> say.narrowedAtMost(MOST));
        }
        return List.copyOf(values);
    }

    boolean narrows() {
        return !topics.isEmpty() || !categories.isEmpty();
    }

    /** The same with that topic, or without it where it is there. */
    EditionFilter turned(String topic) {
        return new EditionFilter(turned(topics, topic), categories);
    }

    /** The same with that category, or without it where it is there. */
    EditionFilter turnedCategory(String category) {
        return new EditionFilter(topics, turned(categories, category));
    }

    private static List<String> turned(List<String> values, String value) {
        var turned = new ArrayList<>(new TreeSet<>(values));
        if (!turned.remove(value)) {
            turned.add(value);
        }
        turned.sort(null);
        return List.copyOf(turned);
    }

    /** Whether another one may join the topics, as it stands for categories too. */
    boolean roomForTopics() {
        return topics.size() < MOST;
    }

    boolean roomForCategories() {
        return categories.size() < MOST;
    }

    /** As they follow the other parameters of an address. */
    String parameters() {
        var parameters = new StringBuilder();
        topics.forEach(topic -> parameters.append("&topic=").append(topic));
        categories.forEach(category ->
                parameters.append("&category=").append(URLEncoder.encode(category, StandardCharsets.UTF_8)));
        return parameters.toString();
    }
}
