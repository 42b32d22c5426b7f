package org.dailypapers.site;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.Topic;
import org.jspecify.annotations.Nullable;

/** The addresses of the subscribe form, filled in with what a paper is about and who wrote it. */
final class Follow {

    private static final int MOST_KEYWORDS = 5;
    private static final int MOST_TOPICS = 3;
    private static final int MOST_AUTHORS = 3;

    private Follow() {}

    /** The form with the paper's topics and keywords; null where it has neither. */
    static @Nullable String alike(Paper paper, List<Topic> topics) {
        String parameters = Stream.concat(
                        topics.stream().limit(MOST_TOPICS).map(topic -> "topic=" + topic.slug()),
                        paper.keywords.stream()
                                .map(FieldPages::keyword)
                                .filter(keyword -> keyword.page() != null)
                                .limit(MOST_KEYWORDS)
                                .map(keyword -> "keywords="
                                        + encoded('"' + keyword.name().replace("\"", "") + '"')))
                .collect(Collectors.joining("&"));
        return parameters.isEmpty() ? null : "/subscribe?" + parameters;
    }

    /** The form with the paper's organisation, with each of its topics, and with each of its first authors. */
    static List<FieldPages.Named> of(Paper paper, List<Topic> topics) {
        var follows = new ArrayList<FieldPages.Named>();
        if (paper.organization != null
                && FieldPages.organization(paper.organization).page() != null) {
            follows.add(new FieldPages.Named(
                    paper.organization,
                    "/subscribe?keywords=" + encoded("org:\"" + paper.organization.replace("\"", "") + '"')));
        }
        topics.stream()
                .limit(MOST_TOPICS)
                .map(topic -> new FieldPages.Named(topic.name(), "/subscribe?topic=" + topic.slug()))
                .forEach(follows::add);
        paper.authors.stream()
                .map(FieldPages::author)
                .filter(author -> author.page() != null)
                .limit(MOST_AUTHORS)
                .map(author -> new FieldPages.Named(author.name(), "/subscribe?author=" + encoded(author.name())))
                .forEach(follows::add);
        return follows;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
