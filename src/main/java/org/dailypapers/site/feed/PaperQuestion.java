package org.dailypapers.site.feed;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.core.MultivaluedMap;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.dailypapers.interest.Interest;
import org.dailypapers.interest.InterestError;
import org.dailypapers.interest.InterestParser;
import org.dailypapers.interest.Query;
import org.dailypapers.paper.Topic;
import org.dailypapers.paper.Topics;

/**
 * Which papers an address asks for by its parameters {@code q}, {@code topic}, {@code author}, {@code org} and
 * {@code category}; they must meet all that are there.
 */
public final class PaperQuestion {

    private final Map<Parameter, String> asked;
    private final List<Query> parts;
    private final List<String> words;

    private PaperQuestion(Map<Parameter, String> asked, List<Query> parts, List<String> words) {
        this.asked = asked;
        this.parts = parts;
        this.words = words;
    }

    private enum Parameter {
        Q,
        TOPIC,
        AUTHOR,
        ORG,
        CATEGORY;

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The line of the language of interests that asks the same. */
        String line(String value) {
            return switch (this) {
                case Q -> value;
                case TOPIC -> Interest.topicLine(value);
                case AUTHOR -> Interest.authorLine(value);
                case ORG -> "org:\"" + value.replace("\"", "") + '"';
                // A beginning, such as math.*, is none between quotes.
                case CATEGORY ->
                    value.matches("[A-Za-z.-]+\\*?")
                            ? "category:" + value
                            : "category:\"" + value.replace("\"", "") + '"';
            };
        }
    }

    /** Reads the parameters; throws a 400 that says in a line what is wrong. */
    public static PaperQuestion of(MultivaluedMap<String, String> parameters, Topics topics) {
        var asked = new LinkedHashMap<Parameter, String>();
        var parts = new ArrayList<Query>();
        var words = new ArrayList<String>();
        for (Parameter parameter : Parameter.values()) {
            List<String> values = parameters.get(parameter.id());
            if (values == null) {
                continue;
            }
            if (values.size() > 1) {
                throw new BadRequestException("Say " + parameter.id() + " once; q takes several conditions.");
            }
            String value = values.getFirst() == null ? "" : values.getFirst().strip();
            if (value.isEmpty()) {
                throw new BadRequestException("Say what to look for: " + parameter.id() + "= is empty.");
            }
            asked.put(parameter, value);
            if (parameter == Parameter.TOPIC) {
                Topic topic = topics.find(value)
                        .orElseThrow(() -> new BadRequestException("There is no such topic; /topics lists them."));
                parts.add(new Query.InTopic(topic.slug()));
                words.add(topic.name());
            } else {
                parts.add(query(parameter, value));
                words.add(parameter == Parameter.Q ? value : parameter.id() + " " + value);
            }
        }
        return new PaperQuestion(asked, List.copyOf(parts), List.copyOf(words));
    }

    private static Query query(Parameter parameter, String value) {
        return switch (InterestParser.parse(parameter.line(value))) {
            case Interest interest -> interest.query();
            case InterestError error -> throw new BadRequestException(parameter.id() + ": " + error.message());
        };
    }

    /** What finds the papers; empty where nothing is asked. */
    public Optional<Interest> interest() {
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of(new Interest(
                        String.join(" ", words),
                        parts.size() == 1 ? parts.getFirst() : new Query.All(parts),
                        false,
                        1));
    }

    /** What finds the papers; all of them where nothing is asked. */
    public Interest interestOrAll() {
        return interest().orElseGet(() -> new Interest("", new Query.All(List.of()), false, 1));
    }

    /** What is asked, in words; empty where nothing is. */
    String words() {
        return String.join(", ", words);
    }

    /** The parameters as an address has them, with the question mark; the same for the same question. */
    public String parameters() {
        return asked.entrySet().stream()
                .map(e -> e.getKey().id() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", asked.isEmpty() ? "" : "?", ""));
    }

    /** The path of the page that shows the same; the front page where none does. */
    String page() {
        if (asked.size() == 1 && asked.containsKey(Parameter.TOPIC)) {
            return "/topics/" + asked.get(Parameter.TOPIC);
        }
        String line = asked.entrySet().stream()
                .map(e -> asked.size() > 1 && e.getKey() == Parameter.Q
                        ? "(" + e.getValue() + ")"
                        : e.getKey().line(e.getValue()))
                .collect(Collectors.joining(" "));
        return InterestParser.parse(line) instanceof Interest
                ? "/papers?q=" + URLEncoder.encode(line, StandardCharsets.UTF_8)
                : "/";
    }
}
