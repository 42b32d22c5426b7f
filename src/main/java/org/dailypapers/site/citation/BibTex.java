package org.dailypapers.site.citation;

import java.text.Normalizer;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.PaperId;
import org.jsoup.parser.Parser;

/** Writes papers as BibTeX. */
public final class BibTex {

    public static final String TYPE = "application/x-bibtex;charset=UTF-8";

    private static final Pattern SUFFIX =
            Pattern.compile("(?<name>.+?),?\\s+(?<suffix>Jr\\.?|Sr\\.?|II|III|IV)", Pattern.CASE_INSENSITIVE);

    /** Names of many together, which have no last name; and what BibTeX would take for its own words. */
    private static final Pattern WHOLE = Pattern.compile(
            ".*(?:\\band\\b|,|\\b(?:team|collaboration|consortium|group|laboratory|lab|project|institute|university)\\b).*|others",
            Pattern.CASE_INSENSITIVE);

    private BibTex() {}

    /** One paper. */
    public static String of(Paper paper) {
        return of(List.of(paper));
    }

    /** Some papers, each under a key that no other one has. */
    public static String of(List<Paper> papers) {
        var taken = new HashSet<String>();
        var text = new StringBuilder();
        for (Paper paper : papers) {
            write(paper, free(key(paper), taken), text);
        }
        return text.toString();
    }

    private static String free(String key, Set<String> taken) {
        String free = key;
        for (int n = 2; !taken.add(free); n++) {
            free = key + "-" + n;
        }
        return free;
    }

    /** The first author's last name, the year and the id: {@code vaswani2017-1706.03762}; BibTeX tells no case apart. */
    static String key(Paper paper) {
        String name = paper.authors.isEmpty() ? "" : lastName(paper.authors.getFirst());
        String id = paper.publicId.replaceFirst("^doi:", "").replaceAll("[^A-Za-z0-9.]+", "-");
        return (name.isEmpty() ? "anon" : name) + date(paper).getYear() + "-" + id.toLowerCase(Locale.ROOT);
    }

    /** With the formulas as their authors wrote them. */
    private static String title(Paper paper) {
        return paper.titleWritten == null ? paper.title : Parser.unescapeEntities(paper.titleWritten, false);
    }

    private static String lastName(String author) {
        Matcher suffix = SUFFIX.matcher(author);
        String name = suffix.matches() ? suffix.group("name") : author;
        String last = name.substring(name.lastIndexOf(' ') + 1);
        return Normalizer.normalize(
                        last.replace('ł', 'l')
                                .replace('Ł', 'L')
                                .replace("ø", "o")
                                .replace("Ø", "O"),
                        Normalizer.Form.NFD)
                .replaceAll("[^A-Za-z]", "")
                .toLowerCase(Locale.ROOT);
    }

    private static LocalDate date(Paper paper) {
        return paper.published == null ? paper.firstEdition : LocalDate.ofInstant(paper.published, ZoneOffset.UTC);
    }

    private static void write(Paper paper, String key, StringBuilder text) {
        LocalDate date = date(paper);
        var fields = new ArrayList<String>();
        // The second braces keep the capitals, which many styles would take away.
        fields.add("title = {{" + TexEscapes.of(title(paper)) + "}}");
        if (!paper.authors.isEmpty()) {
            var names = new ArrayList<String>(
                    paper.authors.stream().map(BibTex::name).toList());
            if (paper.authorCount > paper.authors.size()) {
                names.add("others");
            }
            fields.add("author = {" + String.join(" and ", names) + "}");
        }
        fields.add("year = {" + date.getYear() + "}");
        fields.add("month = " + date.getMonth().name().substring(0, 3).toLowerCase(Locale.ROOT));
        if (new PaperId(paper.publicId).isArxiv()) {
            fields.add("eprint = {" + paper.publicId + "}");
            fields.add("archiveprefix = {arXiv}");
            paper.categories.stream()
                    .findFirst()
                    .ifPresent(category -> fields.add("primaryclass = {" + verbatim(category) + "}"));
        }
        if (paper.doi != null) {
            fields.add("doi = {" + verbatim(paper.doi) + "}");
        }
        if (paper.link() != null) {
            fields.add("url = {" + verbatim(paper.link().toASCIIString()) + "}");
        }
        if (paper.withdrawn) {
            fields.add("note = {Withdrawn}");
        }
        text.append("@misc{").append(key);
        fields.forEach(field -> text.append(",\n  ").append(field));
        text.append("\n}\n\n");
    }

    /** BibTeX splits names at "and" and at commas, and takes the last word for the last name. */
    static String name(String author) {
        Matcher suffix = SUFFIX.matcher(author);
        if (suffix.matches() && suffix.group("name").contains(" ")) {
            String name = suffix.group("name");
            int last = name.lastIndexOf(' ');
            return TexEscapes.of(name.substring(last + 1)) + ", " + TexEscapes.of(suffix.group("suffix")) + ", "
                    + TexEscapes.of(name.substring(0, last));
        }
        return WHOLE.matcher(author).matches() ? "{" + TexEscapes.of(author) + "}" : TexEscapes.of(author);
    }

    /** For fields that styles print as they are; braces alone would end them. */
    private static String verbatim(String text) {
        return text.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C").replaceAll("\\s+", "%20");
    }
}
