package org.dailypapers.language;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Something that is said to a reader by what knows no language: in English for commands and the API, and by the name of a
 * sentence of {@link FaultMessages} for pages.
 *
 * @param key the sentence's name
 * @param arguments what is put into it, in order: numbers, texts and what was said itself
 */
public record Said(String key, String english, List<Object> arguments) {

    private static final Map<String, Method> SENTENCES = Arrays.stream(FaultMessages.class.getDeclaredMethods())
            .collect(Collectors.toUnmodifiableMap(Method::getName, Function.identity()));

    public Said {
        arguments = List.copyOf(arguments);
    }

    /** What is said, with the English of it. */
    public static Said of(String key, String english, Object... arguments) {
        return new Said(key, english, List.of(arguments));
    }

    /** The sentence in a language; English where there is none of that name. */
    public String in(FaultMessages say) {
        Method sentence = SENTENCES.get(key);
        if (sentence == null) {
            return english;
        }
        try {
            return (String) sentence.invoke(
                    say,
                    arguments.stream()
                            .map(argument -> argument instanceof Said said ? said.in(say) : argument)
                            .toArray());
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("The sentence " + key + " cannot be said", e);
        }
    }

    @Override
    public String toString() {
        return english;
    }
}
