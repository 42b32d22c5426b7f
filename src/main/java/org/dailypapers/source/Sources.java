package org.dailypapers.source;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.dailypapers.paper.QuietDays;

/** The sources of papers: those that are built, and those of them that are on, in order of authority. */
@ApplicationScoped
public class Sources implements QuietDays {

    private final List<PaperSource> built;
    private final List<String> enabled;

    @Inject
    Sources(@All List<PaperSource> single, @All List<SourceFamily> families, SourceSettings settings) {
        var all = new ArrayList<>(single);
        var on = new LinkedHashSet<>(settings.sources());
        for (SourceFamily family : families) {
            all.addAll(family.members());
            if (family.namedElsewhere()) {
                family.members().forEach(member -> on.add(member.name()));
            }
        }
        built = List.copyOf(all);
        enabled = List.copyOf(on);
    }

    /** Those that are on, in order of authority. */
    public List<PaperSource> enabled() {
        return enabled.stream().map(this::named).flatMap(Optional::stream).toList();
    }

    /** The names of those that are on, built or not, in order of authority. */
    public List<String> enabledNames() {
        return enabled;
    }

    /** The names of those that are on and are not built. */
    public List<String> unbuilt() {
        return enabled.stream().filter(name -> named(name).isEmpty()).toList();
    }

    /** The source of that name, whether it is on or not; empty where there is none. */
    public Optional<PaperSource> named(String name) {
        return built.stream().filter(source -> source.name().equals(name)).findFirst();
    }

    /** The names that more than one of those that are built has. */
    public Set<String> ambiguous() {
        var seen = new HashSet<String>();
        return built.stream()
                .map(PaperSource::name)
                .filter(name -> !seen.add(name))
                .collect(Collectors.toSet());
    }

    /** The names of those that are built. */
    public List<String> names() {
        return built.stream().map(PaperSource::name).sorted().toList();
    }

    @Override
    public List<String> on(LocalDate edition) {
        return enabled().stream()
                .map(source -> source.quiet(edition))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Whether what the one source says of a paper counts for more than what the other says. */
    boolean outranks(String source, String other) {
        return rank(source) < rank(other);
    }

    private int rank(String source) {
        int index = enabled.indexOf(source);
        return index < 0 ? enabled.size() : index;
    }
}
