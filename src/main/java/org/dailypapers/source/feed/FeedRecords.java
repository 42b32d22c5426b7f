package org.dailypapers.source.feed;

import com.rometools.rome.feed.module.DCModule;
import com.rometools.rome.feed.synd.SyndCategory;
import com.rometools.rome.feed.synd.SyndContent;
import com.rometools.rome.feed.synd.SyndEntry;
import com.rometools.rome.feed.synd.SyndLink;
import com.rometools.rome.feed.synd.SyndPerson;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dailypapers.paper.PaperId;
import org.dailypapers.source.AuthorNames;
import org.dailypapers.source.HtmlText;
import org.dailypapers.source.PaperRecord;
import org.jdom2.Element;
import org.jspecify.annotations.Nullable;

/** How an item of a feed becomes a record. */
final class FeedRecords {

    /** A publisher's address that holds the DOI, and what some add to it. */
    private static final Pattern DOI_IN_PATH = Pattern.compile("/(10\\.[0-9]{4,9}/[^?#\\s]+)");

    private static final Pattern ADDED =
            Pattern.compile("(?i)(?:/|\\.)(?:abstract|full|pdf|html|epdf|fulltext|meta)$|/$");
    private static final Pattern PREPRINT_VERSION = Pattern.compile("(?<=^10\\.(?:1101|64898)/.{1,60})v[0-9]{1,3}$");

    private static final Pattern MAIL_AND_NAME = Pattern.compile("[^\\s@]+@[^\\s@]+\\s*\\((.+)\\)");
    private static final Pattern TAKEN_BACK =
            Pattern.compile("(?i)\\W*(?:retracted|withdrawn)(?: (?:article|paper))? ?[:–—-].*");

    private FeedRecords() {}

    /**
     * What the date of an item means.
     *
     * @param latest a later one is none
     * @param undated the day under which an item without one is listed; null for the day on which it is read
     */
    record Dates(Instant latest, @Nullable LocalDate undated) {}

    /**
     * The record of an item.
     *
     * @param base what its link is relative to
     * @param dates what its date means
     * @throws IllegalArgumentException where it has no title
     */
    static PaperRecord of(SyndEntry entry, URI base, Dates dates) {
        String title = Objects.requireNonNullElse(text(entry.getTitleEx()), "");
        String link = absolute(base, link(entry));
        Date dated = entry.getPublishedDate() != null ? entry.getPublishedDate() : entry.getUpdatedDate();
        Instant published = dated == null
                        || isYearAlone(dated.toInstant())
                        || dated.toInstant().isAfter(dates.latest())
                ? null
                : dated.toInstant();
        Optional<PaperId> identity = identity(entry, link);
        return PaperRecord.titled(title)
                .id(identity.orElse(null))
                .ownName(ownName(entry))
                .summary(summary(entry))
                .authors(authors(entry))
                .categories(categories(entry))
                .doi(doi(entry, link).orElse(null))
                .listed(published == null ? dates.undated() : LocalDate.ofInstant(published, ZoneOffset.UTC))
                .published(published)
                .url(link)
                // Of arXiv's papers arXiv alone tells; none but the operator chose the feeds, but anybody may write for
                // one.
                .withdrawn(TAKEN_BACK.matcher(title).matches()
                        && identity.filter(PaperId::isArxiv).isEmpty())
                .announced(isReplacement(entry) ? PaperRecord.Announced.CHANGED : PaperRecord.Announced.NEW)
                .build();
    }

    /** Some feeds date years only, which is read as their first moment. */
    private static boolean isYearAlone(Instant date) {
        var day = date.atOffset(ZoneOffset.UTC);
        return day.getDayOfYear() == 1 && day.toLocalTime().toSecondOfDay() == 0;
    }

    private static Optional<PaperId> identity(SyndEntry entry, String link) {
        return names(entry, link)
                .map(PaperId::arxiv)
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> doi(entry, link).flatMap(PaperId::doi));
    }

    private static Optional<String> doi(SyndEntry entry, String link) {
        return names(entry, link)
                .map(name -> PaperId.doiName(name).or(() -> doiInPath(name)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Whatever may be an identity of the item, the plainest first. */
    private static Stream<String> names(SyndEntry entry, String link) {
        var names = new LinkedHashSet<String>();
        foreign(entry, "doi").forEach(names::add);
        if (entry.getModule(DCModule.URI) instanceof DCModule dublinCore) {
            dublinCore.getIdentifiers().forEach(names::add);
        }
        names.add(entry.getUri());
        names.add(link);
        return names.stream()
                .filter(Objects::nonNull)
                .map(name -> name.replaceFirst("(?i)^oai:arXiv\\.org:", "arXiv:"));
    }

    private static Optional<String> doiInPath(String address) {
        Matcher doi = DOI_IN_PATH.matcher(address);
        if (!address.startsWith("http") || !doi.find()) {
            return Optional.empty();
        }
        String name = doi.group(1);
        for (Matcher added = ADDED.matcher(name); added.find(); added = ADDED.matcher(name)) {
            name = name.substring(0, added.start());
        }
        return PaperId.doiName(
                "https://doi.org/" + PREPRINT_VERSION.matcher(name).replaceFirst(""));
    }

    private static Stream<String> foreign(SyndEntry entry, String name) {
        return entry.getForeignMarkup().stream()
                .filter(element -> element.getName().equalsIgnoreCase(name))
                .map(Element::getTextTrim);
    }

    /** arXiv's own feed says of each item whether it is news. */
    private static boolean isReplacement(SyndEntry entry) {
        return foreign(entry, "announce_type").anyMatch(type -> type.startsWith("replace"));
    }

    private static String link(SyndEntry entry) {
        return entry.getLinks().stream()
                .filter(link -> link.getRel() == null || link.getRel().equals("alternate"))
                .map(SyndLink::getHref)
                .findFirst()
                .orElse(entry.getLink());
    }

    private static String absolute(URI base, String link) {
        try {
            return link == null || link.isBlank()
                    ? null
                    : base.resolve(link.strip()).toString();
        } catch (IllegalArgumentException noAddress) {
            return link;
        }
    }

    private static String ownName(SyndEntry entry) {
        String name = entry.getUri();
        return name == null || name.isBlank() ? null : name;
    }

    private static String summary(SyndEntry entry) {
        return Stream.concat(Stream.ofNullable(entry.getDescription()), entry.getContents().stream())
                .map(FeedRecords::text)
                .filter(text -> text != null && !text.isBlank())
                .findFirst()
                .orElse(null);
    }

    /** Atom says where its text is no HTML; RSS says nothing. */
    private static String text(SyndContent content) {
        return content == null || "text".equals(content.getType()) || "text/plain".equals(content.getType())
                ? content == null ? null : content.getValue()
                : HtmlText.plain(content.getValue());
    }

    private static List<String> authors(SyndEntry entry) {
        Set<String> names = new LinkedHashSet<>();
        entry.getAuthors().stream().map(SyndPerson::getName).forEach(names::add);
        if (names.isEmpty() && entry.getModule(DCModule.URI) instanceof DCModule dublinCore) {
            names.addAll(dublinCore.getCreators());
        }
        if (names.isEmpty()) {
            names.add(entry.getAuthor());
        }
        List<String> plain = names.stream()
                .filter(Objects::nonNull)
                .map(HtmlText::plain)
                .map(name -> MAIL_AND_NAME.matcher(name.strip()).replaceFirst("$1"))
                .filter(name -> !name.isBlank() && name.indexOf('@') < 0)
                .toList();
        return plain.stream().flatMap(name -> AuthorNames.of(name).stream()).toList();
    }

    private static List<String> categories(SyndEntry entry) {
        return entry.getCategories().stream()
                .map(SyndCategory::getName)
                .filter(Objects::nonNull)
                .map(name -> name.length() > 60 ? name.substring(0, 60) : name)
                .map(HtmlText::plain)
                .filter(name -> !name.isBlank())
                .toList();
    }
}
