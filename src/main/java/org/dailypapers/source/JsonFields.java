package org.dailypapers.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.dailypapers.paper.Titles;

/**
 * The strict readers of a JSON object's fields: null or nothing where a field is absent or null, the value where its
 * type is right, and an {@link IllegalArgumentException} that names the field in one line where it is not.
 */
public final class JsonFields {
    private static final int FIRST_YEAR = 1900;
    private static final int LAST_YEAR = 2999;
    private static final int LONGEST_EXCERPT = 40;
    private static final int DATE_LENGTH = "2024-02-28".length();

    private JsonFields() {}

    /** A string; null where absent. */
    public static String text(JsonNode object, String field) {
        JsonNode value = present(object, field);
        if (value == null) {
            return null;
        }
        require(value.isTextual(), field, "a string");
        return value.textValue();
    }

    /** The strings of an array, those that are null as empty ones; empty where absent. */
    public static List<String> texts(JsonNode object, String field) {
        return list(object, field, element -> {
            require(element.isTextual() || element.isNull(), field, "an array of strings");
            return element.isNull() ? "" : element.textValue();
        });
    }

    /** What is made of each of an array's elements; empty where absent. */
    public static <T> List<T> list(JsonNode object, String field, Function<JsonNode, T> element) {
        JsonNode value = present(object, field);
        if (value == null) {
            return List.of();
        }
        require(value.isArray(), field, "an array");
        List<T> elements = new ArrayList<>(value.size());
        value.forEach(node -> elements.add(element.apply(node)));
        return elements;
    }

    /** An object; null where absent. */
    public static JsonNode object(JsonNode object, String field) {
        JsonNode value = present(object, field);
        require(value == null || value.isObject(), field, "an object");
        return value;
    }

    /** A whole number from 0; null where absent. */
    public static Integer count(JsonNode object, String field) {
        JsonNode value = present(object, field);
        if (value == null) {
            return null;
        }
        require(
                value.isIntegralNumber() && value.canConvertToInt() && value.intValue() >= 0,
                field,
                "a whole number from 0");
        return value.intValue();
    }

    /** Whether the field is true; false where absent. */
    public static boolean flag(JsonNode object, String field) {
        JsonNode value = present(object, field);
        require(value == null || value.isBoolean(), field, "true or false");
        return value != null && value.booleanValue();
    }

    /** An ISO 8601 date, or the date that a timestamp begins with, as it stands there; null where absent. */
    public static LocalDate date(JsonNode object, String field) {
        String text = text(object, field);
        if (text == null) {
            return null;
        }
        try {
            LocalDate date = LocalDate.parse(
                    text.length() > DATE_LENGTH && text.charAt(DATE_LENGTH) == 'T'
                            ? text.substring(0, DATE_LENGTH)
                            : text);
            requireUsualYear(date.getYear(), field);
            return date;
        } catch (DateTimeException unreadable) {
            throw notA(field, "a date YYYY-MM-DD: " + excerpt(text));
        }
    }

    /** An ISO 8601 timestamp with its offset, or a date for its first moment in UTC; null where absent. */
    public static Instant instant(JsonNode object, String field) {
        String text = text(object, field);
        if (text == null) {
            return null;
        }
        try {
            OffsetDateTime time = text.length() == DATE_LENGTH
                    ? LocalDate.parse(text).atStartOfDay().atOffset(ZoneOffset.UTC)
                    : OffsetDateTime.parse(text);
            requireUsualYear(time.getYear(), field);
            return time.toInstant();
        } catch (DateTimeException unreadable) {
            throw notA(field, "a timestamp: " + excerpt(text));
        }
    }

    /** The beginning of a text, on one line, short enough to be quoted in an error. */
    public static String excerpt(String text) {
        return Titles.shortened(Titles.oneLine(text.substring(0, Math.min(text.length(), 400))), LONGEST_EXCERPT);
    }

    private static JsonNode present(JsonNode object, String field) {
        JsonNode value = object.get(field);
        return value == null || value.isNull() ? null : value;
    }

    private static void requireUsualYear(int year, String field) {
        if (year < FIRST_YEAR || year > LAST_YEAR) {
            throw notA(field, "in a year from " + FIRST_YEAR + " to " + LAST_YEAR + ": " + year);
        }
    }

    private static void require(boolean right, String field, String type) {
        if (!right) {
            throw notA(field, type);
        }
    }

    private static IllegalArgumentException notA(String field, String type) {
        return new IllegalArgumentException(field + " is not " + type);
    }
}
