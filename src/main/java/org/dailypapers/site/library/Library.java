package org.dailypapers.site.library;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.dailypapers.language.ReaderMessages;
import org.dailypapers.paper.PaperId;
import org.dailypapers.paper.Papers;
import org.dailypapers.paper.Titles;
import org.dailypapers.subscriber.liking.Likes;

/** Takes readers' libraries in: each paper that is known here is liked, each other one is kept by its title. */
@ApplicationScoped
public class Library {

    /** The longest text that is looked at, in UTF-16 units: more than so many papers with their abstracts take. */
    public static final int LONGEST = 20_000_000;

    private static final int ASKED_AT_ONCE = 500;

    private final Papers papers;
    private final Likes likes;

    Library(Papers papers, Likes likes) {
        this.papers = papers;
        this.likes = likes;
    }

    /**
     * What became of a library.
     *
     * @param read papers that were read
     * @param known those of them that are in the catalogue
     * @param added papers that were not yet liked
     */
    public record Report(int read, int known, int added) {

        /** A line that says so. */
        public String inWords(ReaderMessages say) {
            return read == 0 ? say.libraryUnreadable() : say.libraryRead(read, known, added);
        }
    }

    /** Likes the papers of the text, {@value Likes#MOST} at most. */
    public Report like(long subscriber, String text) {
        List<Reference> references = references(text);
        Map<PaperId, String> catalogue = inCatalogue(references);
        var library = new LinkedHashMap<String, Likes.Known>();
        int known = 0;
        for (Reference reference : references) {
            Optional<String> paper = identities(reference)
                    .flatMap(id -> Stream.ofNullable(catalogue.get(id)))
                    .findFirst();
            known += paper.isPresent() ? 1 : 0;
            paper.map(id -> new Likes.Known(id, null, null))
                    .or(() -> kept(reference))
                    .ifPresent(k -> library.putIfAbsent(k.paper(), k));
        }
        return new Report(references.size(), known, likes.add(subscriber, library.values()));
    }

    private Map<PaperId, String> inCatalogue(List<Reference> references) {
        List<PaperId> asked =
                references.stream().flatMap(Library::identities).distinct().toList();
        var known = new HashMap<PaperId, String>();
        for (int from = 0; from < asked.size(); from += ASKED_AT_ONCE) {
            known.putAll(papers.publicIds(asked.subList(from, Math.min(from + ASKED_AT_ONCE, asked.size()))));
        }
        return known;
    }

    /** What the paper may be known by, what tells most first. */
    private static Stream<PaperId> identities(Reference reference) {
        return Stream.concat(
                reference.ids().stream(),
                Stream.ofNullable(reference.title()).filter(Titles::saysEnough).map(PaperId::ofTitle));
    }

    private static Optional<Likes.Known> kept(Reference reference) {
        String title = reference.title();
        if (title == null) {
            return Optional.empty();
        }
        PaperId id = reference.ids().isEmpty()
                ? PaperId.ofTitle(title)
                : reference.ids().getFirst();
        return Optional.of(new Likes.Known(id.value(), title, reference.summary()));
    }

    /** The papers that a text names, in whatever of the formats it is. */
    static List<Reference> references(String text) {
        String all = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        String begin = all.stripLeading();
        begin = begin.startsWith("\uFEFF") ? begin.substring(1).stripLeading() : begin;
        if (begin.startsWith("{") || begin.startsWith("[")) {
            try {
                return JsonReader.read(begin, Likes.MOST);
            } catch (JsonProcessingException e) {
                return List.of();
            }
        }
        if (RisReader.reads(begin)) {
            return RisReader.read(begin, Likes.MOST);
        }
        List<Reference> entries = begin.contains("@") ? BibTexReader.read(begin, Likes.MOST) : List.of();
        return entries.isEmpty() ? lines(begin) : entries;
    }

    private static List<Reference> lines(String text) {
        var references = new ArrayList<Reference>();
        Map<List<PaperId>, Boolean> seen = new LinkedHashMap<>();
        for (String word : text.split("[\\s,;]+")) {
            new ReferenceBuilder()
                    .id(word)
                    .build()
                    .filter(r -> references.size() < Likes.MOST && seen.put(r.ids(), true) == null)
                    .ifPresent(references::add);
        }
        return references;
    }
}
