package org.dailypapers.source;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dailypapers.paper.PaperId;
import org.dailypapers.paper.Titles;

/**
 * One paper as a source lists it. Every text is {@linkplain PlainText plain}, on one line and cut to a length that a page can bear.
 *
 * @param id the arXiv id, else the DOI, else the source's own, else the title's; as good as id, DOI and url can tell
 * @param ownName what the source calls it, where that is neither arXiv id nor DOI; its address there where null is given;
 *     null where it has neither
 * @param title never blank; at most 1,000 characters
 * @param summary the abstract; empty where there is none; at most 20,000 characters
 * @param written title and abstract as the source writes them, where the plain ones are others
 * @param authors the names to be shown, in order; at most 5,000
 * @param authorCount all of them, hidden and unnamed ones too
 * @param listed the edition in which the source lists it; null where it has none
 * @param published when it was first made public; null where unknown
 * @param votes null where unknown
 * @param comments null where unknown
 * @param organization its name; null where unknown
 * @param keywords without blank ones; at most 64
 * @param categories the primary one first; at most 64
 * @param doi bare and in lower case, {@code 10.…}; null where unknown
 * @param code the address of the code; null where unknown or not http(s)
 * @param stars of the code's repository; null where unknown
 * @param project the address of the project's page; null where unknown or not http(s)
 * @param url the address where the source shows it; null where unknown or not http(s)
 * @param note the authors' comment at arXiv; null where there is none
 * @param withdrawn whether its authors or the source took it back
 * @param preprint the DOI of the preprint, bare and in lower case, where {@code doi} is that of its journal's version; null
 *     where there are not both
 * @param version which version of the paper this is, from 1; null where the source does not count them
 * @param announced as what the source announces it
 * @param starsGained stars that the code's repository gained in a day; null where unknown
 * @param picture the address of a picture that it is shown with; null where there is none, or not http(s)
 */
public record PaperRecord(
        PaperId id,
        String ownName,
        String title,
        String summary,
        Written written,
        List<String> authors,
        int authorCount,
        LocalDate listed,
        Instant published,
        Integer votes,
        Integer comments,
        String organization,
        List<String> keywords,
        List<String> categories,
        String doi,
        String code,
        Integer stars,
        String project,
        String url,
        String note,
        boolean withdrawn,
        String preprint,
        Integer version,
        Announced announced,
        Integer starsGained,
        String picture) {

    private static final int LONGEST_TITLE = 1_000;
    /** Of TeX and character references more is written than there is to be read. */
    private static final int WRITTEN_AT_MOST = 4;

    private static final int LONGEST_TITLE_WRITTEN = 4_000;
    private static final int LONGEST_SUMMARY = 20_000;
    private static final int LONGEST_NOTE = 2_000;
    private static final int LONGEST_NAME = 300;
    private static final int LONGEST_URL = 2_000;
    private static final int EARLIEST_YEAR = 1900;
    private static final int LATEST_YEAR = 2999;
    private static final int MOST_AUTHORS = 5_000;
    private static final int MOST_KEYWORDS = 64;
    private static final Pattern WEB_ADDRESS =
            Pattern.compile("(?i)https?://[^\\s/?#\"'<>\\\\^`{|}\\p{Cntrl}]++(?:[/?#][^\\s\"<>\\p{Cntrl}]*+)?");

    private static final Pattern ADDRESS_PARTS = Pattern.compile("(?i)https?://([^/?#]+)([^#]*?)/?(?:#.*)?");

    /** As what a source announces a paper. */
    public enum Announced {
        /** As one that it lists. */
        NEW,
        /** In one more place, or for a reason that is not told: it is listed only where it was not known at all. */
        AGAIN,
        /** In a new version, or with a change: a known paper is brought up to date, and an unknown one is not made. */
        CHANGED,
        /** As one that is gone: a known paper counts as withdrawn, and nothing else of the record counts. */
        REMOVED
    }

    /** @throws IllegalArgumentException where the title is blank, a count is negative or the edition's year is not one of 1900 to 2999 */
    public PaperRecord {
        title = line(title, LONGEST_TITLE);
        if (title == null) {
            throw new IllegalArgumentException("title is blank");
        }
        if (listed != null && (listed.getYear() < EARLIEST_YEAR || listed.getYear() > LATEST_YEAR)) {
            throw new IllegalArgumentException("listed in the impossible year " + listed.getYear());
        }
        summary = Objects.requireNonNullElse(line(summary, LONGEST_SUMMARY), "");
        written = written.where(title, summary);
        authorCount = Math.max(authorCount, authors == null ? 0 : authors.size());
        authors = lines(authors, MOST_AUTHORS);
        votes = notNegative("votes", votes);
        comments = notNegative("comments", comments);
        stars = notNegative("stars", stars);
        starsGained = notNegative("starsGained", starsGained);
        organization = line(organization, LONGEST_NAME);
        keywords = lines(keywords, MOST_KEYWORDS);
        categories = lines(categories, MOST_KEYWORDS);
        PaperId given = id;
        String givenDoi = doi;
        doi = PaperId.doiName(doi)
                .orElse(given != null && given.isDoi() ? given.value().substring("doi:".length()) : null);
        code = webAddress(code);
        project = webAddress(project);
        url = webAddress(url);
        picture = webAddress(picture);
        note = line(note, LONGEST_NOTE);
        String journals = doi;
        preprint = PaperId.doiName(preprint)
                .filter(name -> journals != null && !name.equals(journals))
                .orElse(null);
        version = version == null || version < 1 ? null : version;
        String address = url;
        ownName = Objects.requireNonNullElse(line(ownName, LONGEST_NAME), address == null ? "" : plain(address));
        ownName = ownName.isEmpty() ? null : ownName;
        List<PaperId> named = Stream.of(
                        Optional.ofNullable(given), PaperId.doi(givenDoi), PaperId.arxiv(address), PaperId.doi(address))
                .flatMap(Optional::stream)
                .toList();
        id = named.stream()
                .filter(PaperId::isArxiv)
                .findFirst()
                .or(() -> named.stream().findFirst())
                .orElse(ownId(ownName, title).orElse(byText(title, summary)));
    }

    /**
     * Texts as the source writes them, on one line each; null where they are the plain ones.
     *
     * @param title at most 4,000 characters
     * @param summary at most 40,000 characters
     */
    public record Written(String title, String summary) {

        private Written where(String plainTitle, String plainSummary) {
            return new Written(
                    where(title, plainTitle, LONGEST_TITLE_WRITTEN), where(summary, plainSummary, 2 * LONGEST_SUMMARY));
        }

        private static String where(String text, String plain, int longest) {
            String line = text == null ? plain : Titles.cut(Titles.oneLine(text), longest);
            return line.equals(plain) ? null : line;
        }
    }

    /** The identity that the source's own name for it gives; empty where it has none. */
    public Optional<PaperId> ownId() {
        return ownId(ownName, title);
    }

    private static Optional<PaperId> ownId(String ownName, String title) {
        return Optional.ofNullable(ownName).map(name -> PaperId.ofSource(name, title));
    }

    private static PaperId byText(String title, String summary) {
        return summary.isEmpty() || Titles.saysEnough(title) ? PaperId.ofTitle(title) : PaperId.ofText(title, summary);
    }

    /** An address without what makes it no other: scheme, capitals of the host, fragment, a slash at the end. */
    private static String plain(String address) {
        Matcher parts = ADDRESS_PARTS.matcher(address);
        return parts.matches() ? parts.group(1).toLowerCase(Locale.ROOT) + parts.group(2) : address;
    }

    /** A record in the making, of a paper with this title. */
    public static Builder titled(String title) {
        return new Builder(title);
    }

    /** Whether its edition lies between the dates, both included, or it has none. */
    public boolean listedWithin(LocalDate from, LocalDate to) {
        return listed == null || !listed.isBefore(from) && !listed.isAfter(to);
    }

    private static String line(String text, int longest) {
        if (text == null) {
            return null;
        }
        String line = PlainText.of(Titles.cut(text, WRITTEN_AT_MOST * longest));
        if (line.length() > longest) {
            line = Titles.cut(line, longest).strip();
        }
        return line.isEmpty() ? null : line;
    }

    private static List<String> lines(List<String> texts, int most) {
        return texts == null
                ? List.of()
                : texts.stream()
                        .map(text -> line(text, LONGEST_NAME))
                        .filter(Objects::nonNull)
                        .limit(most)
                        .toList();
    }

    private static Integer notNegative(String name, Integer count) {
        if (count != null && count < 0) {
            throw new IllegalArgumentException(name + " is negative: " + count);
        }
        return count;
    }

    private static String webAddress(String text) {
        if (text == null || text.length() > LONGEST_URL) {
            return null;
        }
        String address = Titles.oneLine(text).replace("&amp;", "&");
        return WEB_ADDRESS.matcher(address).matches() ? address : null;
    }

    /** A record in the making: whatever is not set is unknown. */
    public static final class Builder {
        private final String title;
        private PaperId id;
        private String ownName;
        private String summary;
        private List<String> authors = List.of();
        private int authorCount;
        private LocalDate listed;
        private Instant published;
        private Integer votes;
        private Integer comments;
        private String organization;
        private List<String> keywords = List.of();
        private List<String> categories = List.of();
        private String doi;
        private String code;
        private Integer stars;
        private String project;
        private String picture;
        private String url;
        private String note;
        private boolean withdrawn;
        private String preprint;
        private Integer version;
        private Announced announced = Announced.NEW;
        private Integer starsGained;

        private Builder(String title) {
            this.title = title;
        }

        /** The identity; made from the other fields where not set, or where they know a better one. */
        public Builder id(PaperId id) {
            this.id = id;
            return this;
        }

        /** What the source calls it, where that is neither arXiv id nor DOI. */
        public Builder ownName(String ownName) {
            this.ownName = ownName;
            return this;
        }

        /** The abstract. */
        public Builder summary(String summary) {
            this.summary = summary;
            return this;
        }

        /** The names to be shown, in order. */
        public Builder authors(List<String> authors) {
            this.authors = authors;
            return this;
        }

        /** How many authors there are in all; at least those named. */
        public Builder authorCount(int authorCount) {
            this.authorCount = authorCount;
            return this;
        }

        /** The edition in which the source lists it. */
        public Builder listed(LocalDate listed) {
            this.listed = listed;
            return this;
        }

        /** When it was first made public. */
        public Builder published(Instant published) {
            this.published = published;
            return this;
        }

        /** How many voted for it. */
        public Builder votes(Integer votes) {
            this.votes = votes;
            return this;
        }

        /** How many comments it has. */
        public Builder comments(Integer comments) {
            this.comments = comments;
            return this;
        }

        /** The organisation's name. */
        public Builder organization(String organization) {
            this.organization = organization;
            return this;
        }

        /** The keywords. */
        public Builder keywords(List<String> keywords) {
            this.keywords = keywords;
            return this;
        }

        /** The categories, the primary one first. */
        public Builder categories(List<String> categories) {
            this.categories = categories;
            return this;
        }

        /** The DOI, in any usual form. */
        public Builder doi(String doi) {
            this.doi = doi;
            return this;
        }

        /** The address of the code. */
        public Builder code(String code) {
            this.code = code;
            return this;
        }

        /** The stars of the code's repository. */
        public Builder stars(Integer stars) {
            this.stars = stars;
            return this;
        }

        /** The address of the project's page. */
        public Builder project(String project) {
            this.project = project;
            return this;
        }

        /** The address where the source shows it. */
        public Builder url(String url) {
            this.url = url;
            return this;
        }

        /** The authors' comment at arXiv. */
        public Builder note(String note) {
            this.note = note;
            return this;
        }

        /** Whether it was taken back. */
        public Builder withdrawn(boolean withdrawn) {
            this.withdrawn = withdrawn;
            return this;
        }

        /** The DOI of the preprint, where the record's DOI is that of its journal's version. */
        public Builder preprint(String preprint) {
            this.preprint = preprint;
            return this;
        }

        /** Which version of the paper this is, from 1. */
        public Builder version(Integer version) {
            this.version = version;
            return this;
        }

        /** Stars that the code's repository gained in a day. */
        public Builder starsGained(Integer starsGained) {
            this.starsGained = starsGained;
            return this;
        }

        /** The address of a picture that it is shown with. */
        public Builder picture(String picture) {
            this.picture = picture;
            return this;
        }

        /** As what the source announces it. */
        public Builder announced(Announced announced) {
            this.announced = announced;
            return this;
        }

        /**
         * The record.
         *
         * @throws IllegalArgumentException where the title is blank, a count is negative or the edition's year is not one of 1900 to 2999
         */
        public PaperRecord build() {
            return new PaperRecord(
                    id,
                    ownName,
                    title,
                    summary,
                    new Written(title, summary),
                    authors,
                    authorCount,
                    listed,
                    published,
                    votes,
                    comments,
                    organization,
                    keywords,
                    categories,
                    doi,
                    code,
                    stars,
                    project,
                    url,
                    note,
                    withdrawn,
                    preprint,
                    version,
                    announced,
                    starsGained,
                    picture);
        }
    }
}
