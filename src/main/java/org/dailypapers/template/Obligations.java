package org.dailypapers.template;

import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;

/** What a letter or page must have whatever it looks like: by law, or because nothing can be done on it otherwise. */
final class Obligations {

    /** Parts of what letters are given. */
    private static final Map<String, String> OF_LETTERS = Map.of(
            "unsubscribe", "the link by which its reader leaves, {letter.unsubscribe}",
            "link", "the link that it is about, {letter.link}",
            "postalAddress", "the postal address, {letter.postalAddress}");

    /** The pages that are there for what their forms do; others may have a form less. */
    private static final Set<String> OF_FORMS = Set.of(
            "page/address",
            "page/confirm",
            "page/leave",
            "page/learned",
            "page/message",
            "page/preferences",
            "page/subscribe",
            "page/voice");

    private static final String FORM = "the form that posts to ";

    private Obligations() {}

    /** What the own letter lacks of what the built-in one has. */
    static Optional<String> ofLetter(
            boolean html, String builtIn, String own, Map<String, @Nullable Object> given, @Nullable URI imprint) {
        var owed = new ArrayList<String>();
        named(given).forEach((name, value) -> {
            if (holds(html, builtIn, value) && !holds(html, own, value)) {
                owed.add(OF_LETTERS.get(name));
            }
        });
        if (imprint != null && holds(html, builtIn, imprint) && !holds(html, own, imprint)) {
            owed.add("the imprint, {inject:masthead.imprint}");
        }
        return owed.isEmpty() ? Optional.empty() : Optional.of("it lacks " + String.join(" and ", owed));
    }

    private static Map<String, Object> named(Map<String, @Nullable Object> given) {
        var values = new java.util.TreeMap<String, Object>();
        for (Object value : given.values()) {
            if (value instanceof Record view) {
                for (RecordComponent part : view.getClass().getRecordComponents()) {
                    if (OF_LETTERS.containsKey(part.getName())) {
                        part(view, part).ifPresent(found -> values.put(part.getName(), found));
                    }
                }
            }
        }
        return values;
    }

    private static Optional<Object> part(Record view, RecordComponent part) {
        try {
            part.getAccessor().setAccessible(true);
            return Optional.ofNullable(part.getAccessor().invoke(view));
        } catch (ReflectiveOperationException e) {
            return Optional.empty();
        }
    }

    static boolean holds(boolean html, String text, Object value) {
        if (!html) {
            return flat(text).contains(flat(value.toString()));
        }
        Document page = Jsoup.parse(text);
        return value instanceof URI
                ? page.select("a[href]").stream()
                        .anyMatch(link -> link.attr("href").equals(value.toString())
                                && (link.hasText() || !link.select("img[alt]").isEmpty()))
                : flat(page.text()).contains(flat(value.toString()));
    }

    /** Lines may break anywhere. */
    private static String flat(String text) {
        return text.replaceAll("\\s+", "");
    }

    /** What the own page lacks of the built-in one's forms. */
    static Optional<String> ofPage(String id, String builtIn, String own) {
        if (!OF_FORMS.contains(id)) {
            return Optional.empty();
        }
        Set<String> lacking = new HashSet<>(acts(builtIn));
        lacking.removeAll(acts(own));
        // With its form everything of it is gone.
        lacking.removeIf(act -> !act.startsWith(FORM) && lacking.contains(act.substring(act.indexOf(FORM))));
        return lacking.isEmpty()
                ? Optional.empty()
                : Optional.of("it lacks " + lacking.stream().sorted().collect(Collectors.joining(" and ")));
    }

    private static List<String> acts(String page) {
        return Jsoup.parse(page).select("form[method=post]").stream()
                .flatMap(form -> {
                    var acts = new ArrayList<String>();
                    String action = form.attr("action");
                    acts.add(FORM + action);
                    if (!form.select("button:not([type=button]), input[type=submit]")
                            .isEmpty()) {
                        acts.add("the button of " + FORM + action);
                    }
                    form.select("input[required][name]")
                            .forEach(input -> acts.add("the field " + input.attr("name") + " of " + FORM + action));
                    form.select("input[type=hidden][name]")
                            .forEach(input ->
                                    acts.add("the hidden field " + input.attr("name") + " of " + FORM + action));
                    return acts.stream();
                })
                .toList();
    }
}
