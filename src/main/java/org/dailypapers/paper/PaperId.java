package org.dailypapers.paper;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A paper's public identity: the arXiv id without version ({@code 2402.17764}, {@code astro-ph/0601001}), else its DOI
 * ({@code doi:10.1000/182}, lower case), else {@code s-} and 12 hex digits made from what its source calls it, else
 * {@code t-} and 12 hex digits made from its title.
 *
 * @param value the canonical form; never blank
 */
public record PaperId(String value) {
    private static final String DOI = "doi:";
    private static final int LONGEST = 300;
    private static final int HASH_DIGITS = 12;

    private static final Pattern ARXIV =
            Pattern.compile("(?i)(?:arxiv:\\s*|(?:https?://)?(?:[a-z]+\\.)?arxiv\\.org/(?:abs|pdf|html|format)/)?"
                    + "(?:(?<id>[0-9]{2}(?:0[1-9]|1[0-2])\\.[0-9]{4,5})"
                    + "|(?<archive>[a-z]+(?:-[a-z]+)?)(?:\\.[a-z]{2})?/(?<number>[0-9]{2}(?:0[1-9]|1[0-2])[0-9]{3}))"
                    + "(?:v[0-9]{1,3})?(?:\\.pdf)?/?(?:[?#].*)?[.,;]?");
    private static final Pattern DOI_URL = Pattern.compile("(?i)(?:https?://)?(?:dx\\.|www\\.)?doi\\.org/(.+)");
    private static final Pattern DOI_NAME = Pattern.compile("10\\.[0-9]{4,9}(?:\\.[0-9]+)*/[^\\s\\p{Cntrl}]+");
    private static final Pattern DOI_OF_ARXIV = Pattern.compile("10\\.48550/arxiv\\.(.+)");
    private static final Pattern SENTENCE_END = Pattern.compile("[.,;]+$");
    private static final Pattern HASH = Pattern.compile("[st]-[0-9a-f]{12}");

    /** @throws IllegalArgumentException where the value is null or blank */
    public PaperId {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("a paper's id is blank");
        }
    }

    /**
     * The id in an arXiv identifier of either scheme: bare, with {@code arXiv:} before it, or as the address of the
     * abstract or the PDF. The version and an old id's subject class are dropped; empty where it is none.
     */
    public static Optional<PaperId> arxiv(String text) {
        if (text == null || text.length() > LONGEST) {
            return Optional.empty();
        }
        Matcher arxiv = ARXIV.matcher(text.strip());
        if (!arxiv.matches()) {
            return Optional.empty();
        }
        String id = arxiv.group("id");
        return Optional.of(new PaperId(
                id != null ? id : arxiv.group("archive").toLowerCase(Locale.ROOT) + '/' + arxiv.group("number")));
    }

    /**
     * The id in a DOI: bare, with {@code doi:} before it, or as an address at doi.org. One that DataCite gave to an
     * arXiv paper (10.48550/arXiv.X) is the arXiv id; empty where it is none.
     */
    public static Optional<PaperId> doi(String text) {
        return doiName(text).map(name -> {
            Matcher ofArxiv = DOI_OF_ARXIV.matcher(name);
            return (ofArxiv.matches() ? arxiv(ofArxiv.group(1)) : Optional.<PaperId>empty())
                    .orElseGet(() -> new PaperId(DOI + name));
        });
    }

    /** The bare DOI, {@code 10.…} in lower case, that {@link #doi} reads, also an arXiv paper's; empty where it is none. */
    public static Optional<String> doiName(String text) {
        if (text == null || text.length() > LONGEST) {
            return Optional.empty();
        }
        String name = text.strip();
        Matcher url = DOI_URL.matcher(name);
        if (url.matches()) {
            name = decoded(url.group(1));
        } else if (name.regionMatches(true, 0, DOI, 0, DOI.length())) {
            name = name.substring(DOI.length()).strip();
        }
        name = SENTENCE_END.matcher(name).replaceFirst("");
        if (!DOI_NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        // DOI Handbook §2.4: names are case-insensitive.
        return Optional.of(name.toLowerCase(Locale.ROOT)).filter(lower -> DOI.length() + lower.length() <= LONGEST);
    }

    /** The id of a paper that is known by its title alone; titles that fold alike have the same. */
    public static PaperId ofTitle(String title) {
        return new PaperId("t-" + hash(key(title)));
    }

    /** The id of a paper that is known by a title that many have, and by its abstract. */
    public static PaperId ofText(String title, String summary) {
        return new PaperId("t-" + hash(key(title) + '\n' + Titles.fold(summary)));
    }

    /**
     * The id of a paper for which its source has a name of its own, such as a number or a link. Sources number from 1 and
     * link to their front page: the same name with another title is another paper.
     */
    public static PaperId ofSource(String name, String title) {
        return new PaperId("s-" + hash(name + '\n' + key(title)));
    }

    private static String key(String title) {
        String folded = Titles.fold(title);
        return folded.isEmpty() ? Titles.oneLine(title) : folded;
    }

    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every Java platform has SHA-256", absent);
        }
    }

    /** The id that a route's parameter names: its value, or any form that {@link #arxiv} and {@code doi:} allow. */
    public static Optional<PaperId> parse(String value) {
        if (value == null) {
            return Optional.empty();
        }
        if (HASH.matcher(value).matches()) {
            return Optional.of(new PaperId(value));
        }
        return arxiv(value).or(() -> doi(value));
    }

    /** Whether this is an arXiv id. */
    public boolean isArxiv() {
        return !isDoi() && !HASH.matcher(value).matches();
    }

    /** Whether this is a DOI. */
    public boolean isDoi() {
        return value.startsWith(DOI);
    }

    /** Whether this is made from what a source calls the paper. */
    public boolean isOwn() {
        return value.startsWith("s-") && HASH.matcher(value).matches();
    }

    /** Whether this says no more than the title does. */
    public boolean isTitle() {
        return value.startsWith("t-") && HASH.matcher(value).matches();
    }

    /** Whether this tells papers apart that the other one may not: arXiv ids before DOIs before sources' own before titles. */
    public boolean outranks(PaperId other) {
        return rank() > other.rank();
    }

    private int rank() {
        return isTitle() ? 0 : isOwn() ? 1 : isDoi() ? 2 : 3;
    }

    @Override
    public String toString() {
        return value;
    }

    private static String decoded(String path) {
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return path;
        }
    }
}
