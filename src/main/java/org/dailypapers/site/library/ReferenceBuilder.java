package org.dailypapers.site.library;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dailypapers.paper.PaperId;
import org.jspecify.annotations.Nullable;

/** A reference as its fields are read, one after the other. */
final class ReferenceBuilder {

    private static final int LONGEST_TITLE = 1_000;
    private static final int LONGEST_SUMMARY = 20_000;

    /** Somewhere in a note, a link or a journal's name, as in "arXiv preprint arXiv:2304.02643". */
    private static final Pattern ARXIV = Pattern.compile(
            "(?i)(?:arxiv(?:\\.org/(?:abs|pdf)/|[:. ]\\s*))([a-z-]+(?:\\.[a-z]{2})?/[0-9]{7}|[0-9]{4}\\.[0-9]{4,5})");

    private final Set<PaperId> arxiv = new LinkedHashSet<>();
    private final Set<PaperId> doi = new LinkedHashSet<>();
    private @Nullable String title;
    private @Nullable String summary;

    /** An arXiv id or a DOI alone, in any form. */
    ReferenceBuilder id(String text) {
        PaperId.parse(text.strip()).filter(id -> id.isArxiv() || id.isDoi()).ifPresent(this::add);
        return this;
    }

    /** A text in which an arXiv id may stand. */
    ReferenceBuilder mention(String text) {
        Matcher mention = ARXIV.matcher(text);
        if (mention.find()) {
            PaperId.arxiv(mention.group(1)).ifPresent(this::add);
        }
        return this;
    }

    private void add(PaperId id) {
        (id.isArxiv() ? arxiv : doi).add(id);
    }

    ReferenceBuilder title(String text) {
        title = cut(text, LONGEST_TITLE);
        return this;
    }

    ReferenceBuilder summary(String text) {
        summary = cut(text, LONGEST_SUMMARY);
        return this;
    }

    private static @Nullable String cut(String text, int most) {
        String line = text.strip().replaceAll("\\s+", " ").replace("\0", "");
        return line.isEmpty() ? null : line.substring(0, Math.min(most, line.length()));
    }

    /** The reference; empty where nothing tells which paper it is. */
    Optional<Reference> build() {
        var ids = new LinkedHashSet<>(arxiv);
        ids.addAll(doi);
        return ids.isEmpty() && title == null
                ? Optional.empty()
                : Optional.of(new Reference(List.copyOf(ids), title, summary));
    }
}
