package org.dailypapers.paper;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A research paper, one row whatever number of sources list it. */
@Entity
public class Paper {

    /** The origin of the bundled papers, which are never mailed to people. */
    public static final String SAMPLE = "sample";

    @Id
    @GeneratedValue(generator = "paper_seq")
    @SequenceGenerator(name = "paper_seq", sequenceName = "paper_seq", allocationSize = 50)
    public Long id;

    /** The value of its {@link PaperId}. */
    @Column(name = "public_id", nullable = false)
    public String publicId;

    @Column(nullable = false)
    public String title;

    /** The value of {@link PaperId#ofSource}, where a source has a name of its own for it. */
    @Column(name = "own_id")
    public @Nullable String ownId;

    /** The value of {@link PaperId#ofTitle}: by it a paper is found where a source has no identity for it. */
    @Column(name = "title_key", nullable = false)
    public String titleKey;

    @Column(nullable = false)
    public String summary;

    /** The title as its source writes it, where that is not the plain one: with TeX and character references. */
    @Column(name = "title_written")
    public @Nullable String titleWritten;

    /** The same of the abstract. */
    @Column(name = "summary_written")
    public @Nullable String summaryWritten;

    /** The names that the source shows, in order; may be fewer than {@link #authorCount}. */
    @Convert(converter = StringLists.class)
    @Column(nullable = false)
    public List<String> authors = List.of();

    @Column(name = "author_count", nullable = false)
    public int authorCount;

    @Convert(converter = StringLists.class)
    @Column(nullable = false)
    public List<String> keywords = List.of();

    /** arXiv's categories, the primary one first. */
    @Convert(converter = StringLists.class)
    @Column(nullable = false)
    public List<String> categories = List.of();

    public @Nullable String organization;
    public @Nullable String doi;

    /** The DOI of its preprint, where {@link #doi} is that of its journal's version. */
    @Column(name = "preprint_doi")
    public @Nullable String preprintDoi;

    /** The version that its words are of, where its source counts them. */
    public @Nullable Integer version;

    /** The address of its code. */
    public @Nullable String code;

    public @Nullable Integer stars;

    /** The address of its project page. */
    public @Nullable String project;

    public @Nullable String url;

    /** The address of a picture that a source shows it with. */
    public @Nullable String picture;

    /** The hash of the thumbnail that was made of it; null while there is none. Whoever writes the row else leaves it. */
    @Column(insertable = false, updatable = false)
    public @Nullable String thumbnail;

    /** What the authors say of it beside the abstract, such as its length or where it appears. */
    public @Nullable String note;

    public @Nullable Instant published;

    /** Known where a source that counts votes knows the paper. */
    public @Nullable Integer votes;

    public @Nullable Integer comments;

    /** Votes at the last closing that read them. */
    @Column(name = "votes_at_closing")
    public @Nullable Integer votesAtClosing;

    /** Stars of its repository at the last closing. */
    @Column(name = "stars_at_closing")
    public @Nullable Integer starsAtClosing;

    /** Stars that its repository gained in a day, as a source said since the last closing. */
    @Column(name = "stars_gained")
    public @Nullable Integer starsGained;

    /** A withdrawn paper stays, marked, and is sent to nobody. */
    public boolean withdrawn;

    /** Taken out by the operator: nobody sees it, and no source brings it back. */
    @Column(nullable = false)
    public boolean hidden;

    /** The source that made the row. */
    @Column(nullable = false)
    public String origin;

    /** {@code field=source} of each field that another source brought. */
    @Convert(converter = StringLists.class)
    @Column(nullable = false)
    public List<String> brought = List.of();

    /** The edition of its first entry. */
    @Column(name = "first_edition", nullable = false)
    public LocalDate firstEdition;

    @Column(name = "changed_at", nullable = false)
    public Instant changedAt;

    /** The number of its last change, see {@link Revisions}. */
    @Column(nullable = false)
    public long revision;

    /** The source whose word that field is, by the name that {@link #brought} has for it. */
    public String broughtBy(String field) {
        return brought.stream()
                .filter(pair -> pair.startsWith(field + "="))
                .map(pair -> pair.substring(field.length() + 1))
                .findFirst()
                .orElse(origin);
    }

    /** Whether letters and feeds of letters may hold it. */
    public boolean maySend() {
        return !withdrawn && !hidden;
    }

    /** Where to read it: arXiv's abstract page, the DOI's, or what the source gave. */
    public @Nullable URI link() {
        if (new PaperId(publicId).isArxiv()) {
            return URI.create("https://arxiv.org/abs/" + publicId);
        }
        if (doi != null) {
            return URI.create("https://doi.org/" + encoded(doi));
        }
        try {
            return url == null ? null : new URI(url);
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /** Its first authors' names and how many more, or only how many. */
    public @Nullable String byline(int names) {
        int all = Math.max(authorCount, authors.size());
        if (authors.isEmpty()) {
            return all == 0 ? null : all == 1 ? "1 author" : all + " authors";
        }
        int shown = Math.min(authors.size(), all == names + 1 ? all : names);
        String list = String.join(", ", authors.subList(0, shown));
        return all > shown ? list + " and " + (all - shown) + " more" : list;
    }

    /** The beginning of its abstract, at most so many characters, up to the end of a sentence or a word. */
    public String excerpt(int length) {
        if (summary.length() <= length) {
            return summary;
        }
        String head = summary.substring(0, length);
        int sentence = Math.max(head.lastIndexOf(". "), Math.max(head.lastIndexOf("? "), head.lastIndexOf("! ")));
        if (sentence > length * 2 / 3) {
            return head.substring(0, sentence + 1);
        }
        int space = head.lastIndexOf(' ');
        return (space > 0 ? head.substring(0, space) : Titles.cut(summary, length)) + " …";
    }

    /** The path of its page here, such as {@code /papers/2402.17764}. */
    public String path() {
        return path(publicId);
    }

    static String path(String publicId) {
        return "/papers/" + encoded(publicId);
    }

    /** An old DOI may hold any character: {@code 10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2}. */
    private static String encoded(String identity) {
        return URLEncoder.encode(identity, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/")
                .replace("%3A", ":");
    }
}
