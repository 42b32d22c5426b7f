package org.dailypapers.template;

import io.quarkus.qute.Engine;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateInstance;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The own templates that stand in the engine in the places of built-in ones. */
final class PlacedTemplates {

    /** After a failure that was nobody's own template's fault, none is looked for in the next ones for so long. */
    private static final long REST = Duration.ofMinutes(1).toNanos();

    private final Engine engine;
    private final Consumer<Fault> failed;
    private final Map<String, Template> builtIn = new HashMap<>();
    private Map<String, String> own = Map.of();
    private long restsUntil = System.nanoTime();

    PlacedTemplates(Engine engine, Consumer<Fault> failed) {
        this.engine = engine;
        this.failed = failed;
    }

    /** Puts these into the engine, by their names, and the built-in ones where they stand no more. */
    synchronized void place(Map<String, String> texts) {
        if (!texts.equals(own)) {
            Rendering.exchange(() -> exchange(texts));
        }
    }

    private void exchange(Map<String, String> texts) {
        own.keySet().stream()
                .filter(name -> !texts.containsKey(name))
                .forEach(name -> put(name, Objects.requireNonNull(builtIn.get(name))));
        texts.forEach((name, text) -> {
            builtIn.computeIfAbsent(name, engine::getTemplate);
            put(name, engine.parse(text, TemplateNames.variant(name), name));
        });
        own = Map.copyOf(texts);
    }

    private void put(String name, Template template) {
        TemplateNames.ids(engine, name).forEach(id -> engine.putTemplate(id, template));
    }

    /** Whether an own template stands in the place of that one. */
    synchronized boolean holds(String name) {
        return own.containsKey(name);
    }

    /** Leaves an own template out from then on, which a letter has shown to lack something. */
    synchronized void refuse(String name, String why) {
        if (own.containsKey(name)) {
            var others = new LinkedHashMap<>(own);
            others.remove(name);
            place(others);
            failed.accept(new Fault(name, 0, why));
        }
    }

    /** Renders without the own template that fails, and leaves that out from then on; null where it is none's fault. */
    synchronized @Nullable String without(TemplateInstance instance, Throwable failure) {
        Map<String, String> before = own;
        String blamed = TemplateNames.blamed(failure);
        if (!before.containsKey(blamed) && System.nanoTime() - restsUntil < 0) {
            return null;
        }
        // It may have been left out meanwhile, and what failed may have been something that passes.
        String again = rendered(instance);
        if (again != null || before.isEmpty()) {
            return again;
        }
        for (String name : Stream.concat(Stream.of(blamed), before.keySet().stream())
                .filter(before::containsKey)
                .distinct()
                .toList()) {
            var others = new LinkedHashMap<>(before);
            others.remove(name);
            place(others);
            String rendered = rendered(instance);
            if (rendered != null) {
                failed.accept(TemplateNames.fault(name, failure));
                return rendered;
            }
        }
        return withoutAny(instance, failure, before);
    }

    private @Nullable String withoutAny(TemplateInstance instance, Throwable failure, Map<String, String> before) {
        place(Map.of());
        String rendered = rendered(instance);
        if (rendered == null) {
            place(before);
            restsUntil = System.nanoTime() + REST;
        } else {
            before.keySet().forEach(name -> failed.accept(TemplateNames.fault(name, failure)));
        }
        return rendered;
    }

    private static @Nullable String rendered(TemplateInstance instance) {
        try {
            return instance.render();
        } catch (RuntimeException | StackOverflowError e) {
            return null;
        }
    }
}
