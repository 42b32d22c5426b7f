package org.dailypapers.language;

import io.quarkus.qute.EngineBuilder;
import io.quarkus.qute.EvalContext;
import io.quarkus.qute.EvaluatedParams;
import io.quarkus.qute.NamespaceResolver;
import io.quarkus.qute.Results;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.qute.WithPriority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The operator's own sentences, which come before the built-in ones of a language, in templates and in classes. */
@Singleton
public class OwnMessages {

    /** The kinds of sentences by the names that files and templates have for them. */
    public static final Map<String, Class<?>> BUNDLES = Map.of(
            "letter", LetterMessages.class,
            "page", PageMessages.class,
            "reader", ReaderMessages.class,
            "fault", FaultMessages.class);

    private static final Map<String, Map<String, Method>> METHODS = BUNDLES.entrySet().stream()
            .collect(Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, bundle -> Arrays.stream(bundle.getValue().getMethods())
                            .collect(Collectors.toUnmodifiableMap(Method::getName, method -> method))));

    private final boolean wanted;
    private volatile Map<Sentence, Template> own = Map.of();
    private volatile BiConsumer<Sentence, RuntimeException> failed = (sentence, why) -> {};

    OwnMessages(OwnFilesSettings settings) {
        this.wanted = settings.templates().isPresent();
    }

    /**
     * Names a sentence of a language.
     *
     * @param bundle its kind, such as {@code letter}
     * @param tag of the language
     * @param name of the method that says it
     */
    public record Sentence(String bundle, String tag, String name) {}

    /** The method that says it; empty where there is none. */
    public static Optional<Method> method(String bundle, String name) {
        return Optional.ofNullable(METHODS.getOrDefault(bundle, Map.of()).get(name));
    }

    /** From now on these are said. */
    public synchronized void say(Map<Sentence, Template> sentences) {
        own = Map.copyOf(sentences);
    }

    /** Who is told when one of them cannot be said; the built-in one is said from then on. */
    public void whenOneFails(BiConsumer<Sentence, RuntimeException> told) {
        failed = told;
    }

    void comeFirst(@Observes EngineBuilder engine) {
        if (wanted) {
            BUNDLES.keySet()
                    .forEach(bundle -> engine.addNamespaceResolver(NamespaceResolver.builder(bundle)
                            .priority(WithPriority.DEFAULT_PRIORITY + 1)
                            .resolveAsync(context -> inTemplate(bundle, context))
                            .build()));
        }
    }

    private CompletionStage<Object> inTemplate(String bundle, EvalContext context) {
        var sentence = new Sentence(bundle, tag(context), context.getName());
        if (!own.containsKey(sentence)) {
            return Results.notFound(context);
        }
        EvaluatedParams given = EvaluatedParams.evaluate(context);
        return given.stage.thenCompose(done -> {
            String said = said(sentence, values(given, context.getParams().size()));
            return said == null ? Results.notFound(context) : CompletableFuture.completedFuture(said);
        });
    }

    private static Object[] values(EvaluatedParams given, int count) {
        var values = new Object[count];
        try {
            for (int i = 0; i < count; i++) {
                values[i] = given.getResult(i);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        return values;
    }

    private static String tag(EvalContext context) {
        return switch (context.getAttribute(TemplateInstance.LOCALE)) {
            case Locale locale -> locale.toLanguageTag();
            case String tag -> tag;
            case null, default -> Languages.ENGLISH;
        };
    }

    /** The bundle with the own sentences before it. */
    <T> T before(Class<T> kind, String bundle, String tag, T builtIn) {
        if (!wanted) {
            return builtIn;
        }
        return kind.cast(
                Proxy.newProxyInstance(kind.getClassLoader(), new Class<?>[] {kind}, (proxy, method, given) -> {
                    String said =
                            said(new Sentence(bundle, tag, method.getName()), given == null ? new Object[0] : given);
                    if (said != null) {
                        return said;
                    }
                    try {
                        return method.invoke(builtIn, given);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private @Nullable String said(Sentence sentence, Object[] given) {
        Template template = own.get(sentence);
        Method method = method(sentence.bundle(), sentence.name()).orElse(null);
        if (template == null || method == null || method.getParameterCount() != given.length) {
            return null;
        }
        try {
            return rendered(template, method, sentence.tag(), given);
        } catch (RuntimeException e) {
            silence(sentence, template);
            failed.accept(sentence, e);
            return null;
        }
    }

    /** Unless another has taken its place meanwhile. */
    private synchronized void silence(Sentence sentence, Template failed) {
        if (own.get(sentence) != failed) {
            return;
        }
        var left = new HashMap<>(own);
        left.remove(sentence);
        own = Map.copyOf(left);
    }

    /** What the template says of these values of the method's parameters. */
    public static String rendered(Template template, Method method, String tag, Object... given) {
        TemplateInstance instance = template.instance().setLocale(tag);
        for (int i = 0; i < given.length; i++) {
            instance.data(method.getParameters()[i].getName(), given[i]);
        }
        return instance.render();
    }
}
