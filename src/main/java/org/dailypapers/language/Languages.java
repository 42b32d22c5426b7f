package org.dailypapers.language;

import static java.util.Objects.requireNonNull;

import io.quarkus.arc.All;
import io.quarkus.arc.InstanceHandle;
import io.quarkus.qute.i18n.Localized;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The languages that are offered: those of which there are files of messages. */
@Named("languages")
@Singleton
public final class Languages {

    /** The tag of the language that everything falls back to. */
    public static final String ENGLISH = "en";

    private static final String TRADITIONAL = "zh-Hant";

    private static final Set<String> WHERE_TRADITIONAL = Set.of("TW", "HK", "MO");

    /** What browsers send is far shorter; of a longer header nothing is read. */
    private static final int LONGEST_HEADER = 500;

    private final Map<String, Language> byTag;
    private final Language english;

    @Inject
    Languages(
            @All @Any List<InstanceHandle<LetterMessages>> letters,
            @All @Any List<InstanceHandle<PageMessages>> pages,
            @All @Any List<InstanceHandle<ReaderMessages>> readers,
            @All @Any List<InstanceHandle<FaultMessages>> faults,
            OwnMessages own) {
        this(together(
                byTag(LetterMessages.class, "letter", letters, own),
                byTag(PageMessages.class, "page", pages, own),
                byTag(ReaderMessages.class, "reader", readers, own),
                byTag(FaultMessages.class, "fault", faults, own)));
    }

    /** Those languages, English among them. */
    public Languages(Collection<Language> offered) {
        byTag = offered.stream()
                .collect(Collectors.toMap(Language::tag, Function.identity(), (a, b) -> a, TreeMap::new));
        english = Optional.ofNullable(byTag.get(ENGLISH)).orElseThrow();
    }

    private static <T> Map<String, T> byTag(
            Class<T> kind, String name, List<InstanceHandle<T>> bundles, OwnMessages own) {
        var found = new TreeMap<String, T>();
        for (InstanceHandle<T> bundle : bundles) {
            bundle.getBean().getQualifiers().stream()
                    .filter(Localized.class::isInstance)
                    .map(q -> ((Localized) q).value())
                    .forEach(tag -> found.put(tag, own.before(kind, name, tag, bundle.get())));
        }
        return found;
    }

    private static List<Language> together(
            Map<String, LetterMessages> letters,
            Map<String, PageMessages> pages,
            Map<String, ReaderMessages> readers,
            Map<String, FaultMessages> faults) {
        if (new HashSet<>(List.of(letters.keySet(), pages.keySet(), readers.keySet(), faults.keySet())).size() > 1) {
            throw new IllegalStateException(
                    "Each language needs a file of messages of each kind, but there are letter " + letters.keySet()
                            + ", page " + pages.keySet() + ", reader " + readers.keySet() + ", fault "
                            + faults.keySet());
        }
        return letters.entrySet().stream()
                .map(e -> new Language(
                        e.getKey(),
                        e.getValue(),
                        requireNonNull(pages.get(e.getKey())),
                        requireNonNull(readers.get(e.getKey())),
                        requireNonNull(faults.get(e.getKey()))))
                .toList();
    }

    /** The language that everything falls back to. */
    public Language english() {
        return english;
    }

    /** All of them: English, then the others by their own names. */
    public List<Language> offered() {
        return byTag.values().stream()
                .sorted(Comparator.comparing((Language l) -> !l.equals(english)).thenComparing(Language::name))
                .toList();
    }

    /** The language of that tag in whatever case, also where it says more, as {@code de-AT} or {@code de_AT} does. */
    public Optional<Language> find(String tag) {
        if (tag.length() > LONGEST_HEADER) {
            return Optional.empty();
        }
        Locale asked = Locale.forLanguageTag(tag.strip().replace('_', '-'));
        String rest = asked.toLanguageTag();
        if (isTraditional(asked) && !byTag.containsKey(rest)) {
            return Optional.ofNullable(byTag.get(TRADITIONAL));
        }
        while (!byTag.containsKey(rest) && rest.indexOf('-') > 0) {
            rest = rest.substring(0, rest.lastIndexOf('-'));
        }
        return Optional.ofNullable(byTag.get(rest));
    }

    /** Whether it is Chinese in the script that readers of the simplified one would have to learn. */
    private static boolean isTraditional(Locale asked) {
        return asked.getLanguage().equals("zh")
                && (asked.getScript().equals("Hant")
                        || asked.getScript().isEmpty() && WHERE_TRADITIONAL.contains(asked.getCountry()));
    }

    /** The tags of all of them. */
    public Set<String> tags() {
        return byTag.keySet();
    }

    /** The language of a tag that was kept; English where it is not offered any more. */
    public Language of(String tag) {
        return byTag.getOrDefault(tag, english);
    }

    /** The one that a browser asks for by its Accept-Language (RFC 4647 §3.4); English where it asks for none of them. */
    public Language best(@Nullable String acceptLanguage) {
        if (acceptLanguage == null || acceptLanguage.length() > LONGEST_HEADER) {
            return english;
        }
        List<Locale.LanguageRange> asked = Arrays.stream(acceptLanguage.split(","))
                .flatMap(Languages::ranges)
                .toList();
        Set<Language> refused = asked.stream()
                .filter(range -> range.getWeight() == 0)
                .flatMap(range -> Optional.ofNullable(byTag.get(range.getRange())).stream())
                .collect(Collectors.toSet());
        // Browsers put a bare zh behind zh-TW by themselves.
        boolean traditional = asked.stream().anyMatch(range -> isTraditional(Locale.forLanguageTag(range.getRange())));
        return asked.stream()
                .filter(range -> range.getWeight() > 0
                        && !(traditional && range.getRange().equals("zh")))
                .sorted(Comparator.comparingDouble(Locale.LanguageRange::getWeight)
                        .reversed())
                .flatMap(range -> find(range.getRange()).stream())
                .filter(language -> !refused.contains(language))
                .findFirst()
                .orElse(english);
    }

    /** What an element of the header asks for; one that cannot be read spoils no other (RFC 9110 §5.6.1). */
    private static Stream<Locale.LanguageRange> ranges(String element) {
        try {
            return element.isBlank() ? Stream.empty() : Locale.LanguageRange.parse(element.strip()).stream();
        } catch (IllegalArgumentException e) {
            return Stream.empty();
        }
    }
}
