package org.dailypapers.template;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The templates of letters and readers' pages, with what each is given. */
final class CheckedTemplates {

    /** The classes that declare them, by name: they are their rooms' own. */
    static final List<String> DECLARED = List.of(
            "org.dailypapers.desk.AlarmLetters$Templates",
            "org.dailypapers.digest.letter.DigestTemplates",
            "org.dailypapers.site.AboutPages$Templates",
            "org.dailypapers.site.AddressPages$Templates",
            "org.dailypapers.site.ConfirmPages$Templates",
            "org.dailypapers.site.EditionPages$Templates",
            "org.dailypapers.site.PaperLists$Templates",
            "org.dailypapers.site.PaperPages$Templates",
            "org.dailypapers.site.PreferencePages$Templates",
            "org.dailypapers.site.SubscribePages$Templates",
            "org.dailypapers.site.UnsubscribePages$Templates",
            "org.dailypapers.site.answer.Message$Templates",
            "org.dailypapers.site.library.RelatedPages$Templates",
            "org.dailypapers.site.voice.LearnedPages$Templates",
            "org.dailypapers.site.voice.VoicePages$Templates",
            "org.dailypapers.subscriber.ServiceLetters$Templates");

    private CheckedTemplates() {}

    /**
     * One of them, or a fragment of one.
     *
     * @param id its name without a suffix
     * @param given whose parameters are its data
     */
    record Checked(String id, @Nullable String fragment, Method given) {

        boolean page() {
            return id.startsWith("page/");
        }
    }

    static List<Checked> all() {
        return DECLARED.stream()
                .map(CheckedTemplates::load)
                .flatMap(CheckedTemplates::declaredBy)
                .sorted(Comparator.comparing(Checked::id))
                .toList();
    }

    static Class<?> load(String name) {
        try {
            return Class.forName(name, false, Thread.currentThread().getContextClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(name + " is not in this build", e);
        }
    }

    private static Stream<Checked> declaredBy(Class<?> declaring) {
        CheckedTemplate how = declaring.getAnnotation(CheckedTemplate.class);
        return Arrays.stream(declaring.getDeclaredMethods())
                .filter(method -> method.getReturnType() == TemplateInstance.class)
                .map(method -> {
                    String[] named = method.getName().split("\\$", 2);
                    String name = how.defaultName().equals(CheckedTemplate.HYPHENATED_ELEMENT_NAME)
                            ? named[0].replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(java.util.Locale.ROOT)
                            : named[0];
                    return new Checked(how.basePath() + "/" + name, named.length > 1 ? named[1] : null, method);
                });
    }
}
