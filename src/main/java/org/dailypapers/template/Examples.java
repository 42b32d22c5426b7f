package org.dailypapers.template;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.dailypapers.language.Language;
import org.dailypapers.language.Languages;
import org.jspecify.annotations.Nullable;

/** Makes examples of what templates are given: of a record by its parts, of all else by its kind. */
final class Examples {

    private static final int DEEPEST = 12;
    private static final String DATE = "2026-01-31";

    /** What these texts are called is read as an address. */
    private static final Set<String> ADDRESSES = Set.of("page", "address", "link", "action");

    private final Languages languages;

    Examples(Languages languages) {
        this.languages = languages;
    }

    /**
     * What an example is like, so that a template's branches are all seen.
     *
     * @param truth what every yes or no is; in English where it is yes
     * @param present whether that is there which may be missing
     * @param except the name of the one yes or no that is the other way; none where empty
     * @param many how many a list has
     * @param number what every number is
     * @param date in words, as that of a letter
     * @param tag its language; that of its truth where empty
     * @param mark stands in its words and addresses
     */
    record Shape(
            boolean truth, String except, boolean present, int many, int number, String date, String tag, String mark) {

        static List<Shape> all(String mark) {
            return Stream.of(true, false)
                    .flatMap(truth -> Stream.of(true, false).flatMap(present -> Stream.of(2, 1, 0)
                            .map(many -> new Shape(truth, "", present, many, Math.max(1, many), DATE, "", mark))))
                    .toList();
        }

        Shape except(String name) {
            return new Shape(truth, name, present, many, number, date, tag, mark);
        }

        Shape numbered(int other) {
            return new Shape(truth, except, present, many, other, date, tag, mark);
        }

        Shape dated(String other) {
            return new Shape(truth, except, present, many, number, other, tag, mark);
        }

        Shape in(String language) {
            return new Shape(truth, except, present, many, number, date, language, mark);
        }

        Shape marked(String other) {
            return new Shape(truth, except, present, many, number, date, tag, other);
        }
    }

    /** What letters are like besides: what they owe is owed in every language, of any number and whatever else is so. */
    List<Shape> ofLetters(String mark, Set<String> truths) {
        List<Shape> full = Shape.all(mark).stream()
                .filter(shape -> shape.present() && shape.many() == 2)
                .toList();
        return Stream.of(
                        Shape.all(mark).stream(),
                        full.stream().flatMap(shape -> truths.stream().map(shape::except)),
                        full.stream().map(shape -> shape.numbered(0)),
                        full.stream().flatMap(shape -> languages.tags().stream().map(shape::in)))
                .flatMap(shapes -> shapes)
                .toList();
    }

    /** What differs from reader to reader, or from day to day, one thing after another; the language stays. */
    List<Shape> others(Shape shape, Set<String> truths) {
        Shape same = shape.in(language(shape).tag());
        return Stream.concat(
                        Stream.of(same.marked("b"), same.dated("2026-02-01"), same.numbered(shape.number() + 1)),
                        truths.stream().map(same::except))
                .toList();
    }

    Language language(Shape shape) {
        if (!shape.tag().isEmpty()) {
            return languages.of(shape.tag());
        }
        return shape.truth()
                ? languages.english()
                : languages.offered().stream()
                        .filter(language -> !language.english())
                        .findFirst()
                        .orElse(languages.english());
    }

    /** Values of the method's parameters by their names; throws where the shape does not fit them. */
    Map<String, @Nullable Object> of(Method given, Shape shape) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        for (Parameter parameter : given.getParameters()) {
            values.put(
                    parameter.getName(),
                    value(
                            parameter.getParameterizedType(),
                            parameter.getName(),
                            nullable(parameter.getAnnotatedType()),
                            shape,
                            0));
        }
        return values;
    }

    /** An example of that class. */
    @Nullable
    Object of(Class<?> type, String name, Shape shape) {
        return value(type, name, false, shape, 0);
    }

    private static boolean nullable(AnnotatedType type) {
        return ((AnnotatedElement) type).isAnnotationPresent(Nullable.class);
    }

    private @Nullable Object value(Type type, String name, boolean nullable, Shape shape, int depth) {
        if (nullable && !shape.present() || depth > DEEPEST) {
            return null;
        }
        if (type instanceof ParameterizedType several) {
            Class<?> raw = (Class<?>) several.getRawType();
            Type[] of = several.getActualTypeArguments();
            if (raw == Optional.class) {
                return shape.present()
                        ? Optional.ofNullable(value(of[0], name, false, shape, depth + 1))
                        : Optional.empty();
            }
            if (Collection.class.isAssignableFrom(raw)) {
                return several(raw, of[0], name, shape, depth);
            }
            if (raw == Map.class) {
                var map = new LinkedHashMap<Object, @Nullable Object>();
                if (shape.many() > 0) {
                    map.put(value(of[0], name, false, shape, depth + 1), value(of[1], name, false, shape, depth + 1));
                }
                return map;
            }
            return single(raw, name, shape, depth);
        }
        return single((Class<?>) type, name, shape, depth);
    }

    private Object several(Class<?> raw, Type of, String name, Shape shape, int depth) {
        List<@Nullable Object> values = Stream.generate(() -> value(of, name, false, shape, depth + 1))
                .limit(shape.many())
                .toList();
        return raw == Set.class ? Set.copyOf(values) : values;
    }

    private @Nullable Object single(Class<?> type, String name, Shape shape, int depth) {
        if (type == String.class || type == CharSequence.class || type == Object.class) {
            return text(name, shape);
        }
        if (type == boolean.class || type == Boolean.class) {
            return shape.truth() != shape.except().equals(name);
        }
        if (type == int.class || type == Integer.class) {
            return shape.number();
        }
        if (type == long.class || type == Long.class) {
            return (long) shape.number();
        }
        if (type == double.class || type == Double.class) {
            return 0.5;
        }
        if (type == URI.class) {
            return URI.create("https://example.invalid/" + shape.mark() + "/" + name);
        }
        if (type == Language.class) {
            return language(shape);
        }
        if (type == Instant.class) {
            return Instant.parse(DATE + "T06:00:00Z");
        }
        if (type == LocalDate.class) {
            return LocalDate.parse(DATE);
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        return type.isRecord() ? ofRecord(type, shape, depth) : null;
    }

    private static String text(String name, Shape shape) {
        if (name.toLowerCase(Locale.ROOT).endsWith("date")) {
            return shape.date();
        }
        return ADDRESSES.contains(name)
                ? "/example/" + shape.mark() + "/" + name
                : "Example " + name + " & <" + shape.mark() + ">";
    }

    private Object ofRecord(Class<?> type, Shape shape, int depth) {
        RecordComponent[] parts = type.getRecordComponents();
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(Arrays.stream(parts)
                    .map(part -> value(
                            part.getGenericType(), part.getName(), nullable(part.getAnnotatedType()), shape, depth + 1))
                    .toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(type.getSimpleName() + " has no such example", e);
        }
    }
}
