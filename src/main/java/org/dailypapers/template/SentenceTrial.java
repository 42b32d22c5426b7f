package org.dailypapers.template;

import io.quarkus.qute.Engine;
import io.quarkus.qute.Expression;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.dailypapers.language.Languages;
import org.dailypapers.language.OwnMessages;
import org.dailypapers.language.OwnMessages.Sentence;

/** Tries own messages: each is said with some numbers and words. */
final class SentenceTrial {

    private static final Pattern FILE = Pattern.compile("messages/([a-z]+)_([A-Za-z-]+)\\.properties");
    private static final Pattern LINK = Pattern.compile("<a>.*?</a>");
    private static final int[] NUMBERS = {0, 1, 2, 5};

    private final Engine engine;
    private final Languages languages;
    private final Function<String, Optional<String>> builtIn;
    private final List<Fault> faults = new ArrayList<>();

    /** @param builtIn the built-in file of a name */
    SentenceTrial(Engine engine, Languages languages, Function<String, Optional<String>> builtIn) {
        this.engine = engine;
        this.languages = languages;
        this.builtIn = builtIn;
    }

    List<Fault> faults() {
        return faults;
    }

    /** Those of a file that can be said. */
    Map<Sentence, Template> of(String file, String text) {
        Matcher named = FILE.matcher(file);
        if (!named.matches() || !OwnMessages.BUNDLES.containsKey(named.group(1))) {
            faults.add(new Fault(
                    file,
                    0,
                    "files of messages are called letter_de.properties; there are letter, page, reader and fault"));
            return Map.of();
        }
        if (!languages.tags().contains(named.group(2))) {
            faults.add(new Fault(
                    file,
                    0,
                    "there is no language " + named.group(2) + ", but " + String.join(", ", languages.tags())));
            return Map.of();
        }
        Map<String, String> before = MessageFile.read(builtIn.apply(file).orElse("")).stream()
                .collect(Collectors.toMap(MessageFile.Entry::name, MessageFile.Entry::text, (a, b) -> a));
        var good = new HashMap<Sentence, Template>();
        for (MessageFile.Entry entry : MessageFile.read(text)) {
            Sentence sentence = new Sentence(named.group(1), named.group(2), entry.name());
            Optional<Method> says = OwnMessages.method(sentence.bundle(), sentence.name());
            if (entry.name().isEmpty()) {
                faults.add(new Fault(file, entry.line(), "a name and an equals sign stand before each sentence"));
            } else if (says.isEmpty()) {
                faults.add(new Fault(file, entry.line(), "there is no message " + entry.name()));
            } else if (entry.text().isBlank()) {
                faults.add(new Fault(file, entry.line(), entry.name() + " says nothing"));
            } else if (links(entry.text()) < links(before.getOrDefault(entry.name(), ""))) {
                faults.add(new Fault(
                        file,
                        entry.line(),
                        entry.name() + " lacks the marks <a> and </a> around the words that are a link"));
            } else {
                tried(file, entry, sentence, says.get()).ifPresent(template -> good.put(sentence, template));
            }
        }
        return good;
    }

    private static long links(String text) {
        return LINK.matcher(text).results().count();
    }

    private Optional<Template> tried(String file, MessageFile.Entry entry, Sentence sentence, Method says) {
        try {
            Template template = engine.parse(entry.text(), null, file + ":" + entry.name());
            if (template.getExpressions().stream().anyMatch(SentenceTrial::saysAnother)) {
                throw new TemplateException("one message names no other");
            }
            for (int number : NUMBERS) {
                Object[] given = Arrays.stream(says.getParameters())
                        .map(parameter -> example(parameter, number))
                        .toArray();
                String said = OwnMessages.rendered(template, says, sentence.tag(), given);
                if (said.isBlank()) {
                    throw new TemplateException("it says nothing" + (given.length > 0 ? " of " + given[0] : ""));
                }
                if (said.chars().anyMatch(Character::isISOControl)) {
                    // It may stand in a subject (RFC 5322 §2.2).
                    throw new TemplateException("a message is one line, without tabs");
                }
            }
            return Optional.of(template);
        } catch (RuntimeException | StackOverflowError e) {
            faults.add(new Fault(file, entry.line(), entry.name() + ": " + TemplateNames.reason(e)));
            return Optional.empty();
        }
    }

    private static boolean saysAnother(Expression expression) {
        return expression.getNamespace() != null && OwnMessages.BUNDLES.containsKey(expression.getNamespace())
                || expression.getParts().stream()
                        .filter(Expression.Part::isVirtualMethod)
                        .flatMap(part -> part.asVirtualMethod().getParameters().stream())
                        .anyMatch(SentenceTrial::saysAnother);
    }

    private static Object example(Parameter parameter, int number) {
        Class<?> type = parameter.getType();
        if (type == int.class) {
            return number;
        }
        return type == long.class ? (Object) (long) number : parameter.getName();
    }
}
