package org.dailypapers.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.dailypapers.digest.letter.LetterFeeds;
import org.dailypapers.interest.Interest;
import org.dailypapers.interest.InterestError;
import org.dailypapers.interest.InterestParser;
import org.dailypapers.matching.FirstLetter;
import org.dailypapers.matching.Forecasts;
import org.dailypapers.matching.Match;
import org.dailypapers.matching.Matcher;
import org.dailypapers.matching.Profile;
import org.dailypapers.matching.index.EditionIndexes;
import org.dailypapers.matching.search.PaperSearch;
import org.dailypapers.matching.search.SearchQuestion;
import org.dailypapers.matching.search.SearchResult;
import org.dailypapers.paper.Editions;
import org.dailypapers.paper.Entries;
import org.dailypapers.token.LinkTokens;
import org.dailypapers.token.TokenPurpose;

/**
 * What a researcher's own tools may ask: papers by words, an edition, what interests would bring, and their own letters by
 * the private address of their feed. They change nothing.
 */
@ApplicationScoped
class McpTools {

    private static final int MOST = 50;
    private static final int USUALLY = 10;

    /** The address of a feed, of which only the token counts. */
    private static final Pattern FEED = Pattern.compile("^(?:.*/)?([^/]*?)(?:\\.atom|\\.json)?$");

    private static final String LANGUAGE =
            "In the language of interests: words must all occur, \"in quotes\" together, -word"
                    + " excludes, OR, parentheses, title: author: org: category:, agent* is a prefix.";

    private final PaperSearch search;
    private final Editions editions;
    private final Entries entries;
    private final EditionIndexes indexes;
    private final FirstLetter firstLetter;
    private final LetterFeeds letters;
    private final LinkTokens tokens;
    private final ObjectMapper json;

    McpTools(
            PaperSearch search,
            Editions editions,
            Entries entries,
            EditionIndexes indexes,
            FirstLetter firstLetter,
            LetterFeeds letters,
            LinkTokens tokens,
            ObjectMapper json) {
        this.search = search;
        this.editions = editions;
        this.entries = entries;
        this.indexes = indexes;
        this.firstLetter = firstLetter;
        this.letters = letters;
        this.tokens = tokens;
        this.json = json;
    }

    /** The tools, as a client is told of them. */
    ArrayNode list() {
        ArrayNode tools = json.createArrayNode();
        ObjectNode search =
                tool(tools, "search", "Search papers", "Searches all papers of this service, newest or best first.");
        property(search, "query", "string", LANGUAGE);
        property(search, "order", "string", "best or newest; best when not said.");
        property(search, "limit", "integer", "1 to " + MOST + ".");
        require(search, "query");
        ObjectNode edition =
                tool(tools, "edition", "Papers of a day", "The papers of a day's edition, by trending rank.");
        property(edition, "date", "string", "Such as 2026-01-31; the newest closed edition when not said.");
        property(edition, "limit", "integer", "1 to " + MOST + ".");
        ObjectNode match = tool(
                tools,
                "match",
                "A personal letter",
                "The papers that interests would bring in a letter, best first, each with the reason.");
        ((ObjectNode) match.at("/inputSchema/properties"))
                .putObject("interests")
                .put("type", "array")
                .put("description", "One interest each. " + LANGUAGE)
                .putObject("items")
                .put("type", "string");
        property(match, "edition", "string", "A day; the newest that has something when not said.");
        property(match, "limit", "integer", "1 to " + MOST + ".");
        require(match, "interests");
        ObjectNode letter = tool(
                tools,
                "letter",
                "My letters",
                "The papers of a reader's own last letters, newest first, each with why it was sent.");
        property(
                letter,
                "address",
                "string",
                "The private address of one's letters as a feed, from one's preferences page; not needed where the client"
                        + " is set up with it.");
        property(letter, "limit", "integer", "1 to " + MOST + ".");
        return tools;
    }

    private static ObjectNode tool(ArrayNode tools, String name, String title, String description) {
        ObjectNode tool =
                tools.addObject().put("name", name).put("title", title).put("description", description);
        tool.putObject("inputSchema").put("type", "object").putObject("properties");
        tool.putObject("annotations").put("readOnlyHint", true).put("openWorldHint", false);
        return tool;
    }

    private static void property(ObjectNode tool, String name, String type, String description) {
        ((ObjectNode) tool.at("/inputSchema/properties"))
                .putObject(name)
                .put("type", type)
                .put("description", description);
    }

    private static void require(ObjectNode tool, String name) {
        ((ObjectNode) tool.get("inputSchema")).putArray("required").add(name);
    }

    /**
     * What a tool finds; throws IllegalArgumentException where it cannot be asked so, empty where there is no such tool.
     *
     * @param feed the token of whose own feed is meant, where the client is set up with one
     */
    @Transactional
    Optional<Object> call(String name, JsonNode arguments, Optional<String> feed) {
        return switch (name) {
            case "search" -> Optional.of(search(arguments));
            case "edition" -> Optional.of(edition(arguments));
            case "match" -> Optional.of(match(arguments));
            case "letter" -> Optional.of(letter(arguments, feed));
            default -> Optional.empty();
        };
    }

    private Object search(JsonNode arguments) {
        Interest query = interest(arguments.path("query").asText(""));
        SearchResult found = search.search(
                new SearchQuestion(query, null, null, null),
                "newest".equals(arguments.path("order").asText()),
                0,
                limit(arguments));
        return Map.of(
                "total", found.total(),
                "papers", found.papers().stream().map(Api.PaperJson::of).toList());
    }

    private Object edition(JsonNode arguments) {
        LocalDate date = date(arguments, "date")
                .or(editions::newestClosed)
                .orElseThrow(() -> new IllegalArgumentException("No edition is closed yet; say which date."));
        return Map.of(
                "date", date,
                "total", entries.count(date),
                "papers",
                        entries.of(date, 0, limit(arguments)).stream()
                                .map(e -> Api.PaperJson.of(e.paper))
                                .toList());
    }

    private Object match(JsonNode arguments) {
        var interests = new ArrayList<Interest>();
        arguments.path("interests").forEach(line -> interests.add(interest(line.asText(""))));
        if (interests.isEmpty() || interests.size() > Forecasts.MOST_INTERESTS) {
            throw new IllegalArgumentException("Say 1 to " + Forecasts.MOST_INTERESTS + " interests.");
        }
        var profile = new Profile(interests, limit(arguments), false, 0);
        Optional<LocalDate> day = date(arguments, "edition");
        if (day.isPresent() && editions.find(day.get()).isEmpty()) {
            throw new IllegalArgumentException("There is no edition of " + day.get() + ".");
        }
        List<Match> matches = day.map(d -> Matcher.match(indexes.edition(d), profile, id -> false))
                .orElseGet(() ->
                        firstLetter.of(profile).map(FirstLetter.Choice::matches).orElse(List.of()));
        return Map.of(
                "papers",
                matches.stream()
                        .map(m -> new ForecastApi.MatchJson(
                                m.interest(),
                                m.words(),
                                m.score(),
                                Api.PaperJson.of(m.candidate().paper())))
                        .toList());
    }

    /** A paper that somebody was sent, and why. */
    record SentJson(Instant sent, List<String> reasons, Api.PaperJson paper) {}

    private Object letter(JsonNode arguments, Optional<String> feed) {
        String token = Optional.of(arguments.path("address").asText(""))
                .filter(address -> !address.isBlank())
                .map(address -> FEED.matcher(address.strip()).replaceFirst("$1"))
                .or(() -> feed)
                .orElseThrow(() -> new IllegalArgumentException(
                        "Say the private address of your letters as a feed; your preferences page makes one."));
        if (!(tokens.read(TokenPurpose.FEED, token) instanceof LinkTokens.Valid valid)) {
            throw new IllegalArgumentException("This is no address of anybody's feed.");
        }
        long reader = letters.reader(valid.subject(), valid.issued())
                .orElseThrow(() -> new IllegalArgumentException(
                        "This address was closed; the preferences page has the present one."));
        return Map.of(
                "papers",
                letters.papers(reader).stream()
                        .limit(limit(arguments))
                        .map(sent -> new SentJson(
                                sent.sent(),
                                sent.reasons().stream()
                                        .map(reason -> reason.met().isEmpty()
                                                ? reason.why()
                                                : reason.why() + ": " + reason.words())
                                        .toList(),
                                Api.PaperJson.of(sent.paper())))
                        .toList());
    }

    private static Interest interest(String line) {
        return switch (InterestParser.parse(line)) {
            case Interest interest -> interest;
            case InterestError error ->
                throw new IllegalArgumentException("\"" + error.line() + "\": " + error.message());
        };
    }

    private static int limit(JsonNode arguments) {
        int limit = arguments.path("limit").asInt(USUALLY);
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit is 1 to " + MOST + ".");
        }
        return limit;
    }

    private static Optional<LocalDate> date(JsonNode arguments, String name) {
        String text = arguments.path(name).asText("");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            LocalDate date = LocalDate.parse(text);
            if (date.getYear() > 0 && date.getYear() < 10_000) {
                return Optional.of(date);
            }
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("A date is written like 2026-01-31.", e);
        }
        throw new IllegalArgumentException("A date is in the years 1 to 9999.");
    }
}
