package org.dailypapers.paper;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The topics that readers choose from, in the order of their file. */
public final class Topics {

    private static final Pattern SLUG = Pattern.compile("[a-z0-9][a-z0-9-]{0,59}");

    private final Map<String, Topic> bySlug = new LinkedHashMap<>();

    private Topics(Collection<Topic> topics) {
        topics.forEach(t -> bySlug.put(t.slug(), t));
    }

    public Collection<Topic> all() {
        return List.copyOf(bySlug.values());
    }

    public Optional<Topic> find(String slug) {
        return Optional.ofNullable(bySlug.get(slug));
    }

    /** Whether a topic may be called so: small letters, digits and hyphens. */
    public static boolean isSlug(String text) {
        return SLUG.matcher(text).matches();
    }

    /** The topics under their headings. */
    public Map<String, List<Topic>> groups() {
        var groups = new LinkedHashMap<String, List<Topic>>();
        bySlug.values().forEach(t -> groups.computeIfAbsent(t.group(), g -> new ArrayList<>())
                .add(t));
        return groups;
    }

    /**
     * Reads the file of topics: {@code [slug] Name}, then {@code group:} and {@code about:}, then a line for each
     * interest; lines that begin with # are comments.
     *
     * @throws IllegalArgumentException naming the line that cannot be read
     */
    public static Topics read(String text) {
        var topics = new ArrayList<Topic>();
        Draft draft = null;
        int number = 0;
        var slugs = new HashSet<String>();
        for (String raw : text.lines().toList()) {
            number++;
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith("[")) {
                if (draft != null) {
                    topics.add(draft.topic());
                }
                draft = Draft.of(line, number);
                if (!slugs.add(draft.slug)) {
                    throw new IllegalArgumentException(
                            "line " + number + ": there is a topic [" + draft.slug + "] already");
                }
            } else if (draft == null) {
                throw new IllegalArgumentException("line " + number + ": a topic begins with [its-name] and a title");
            } else {
                draft.take(line);
            }
        }
        if (draft != null) {
            topics.add(draft.topic());
        }
        return new Topics(topics);
    }

    private static final class Draft {
        private final String slug;
        private final String name;
        private final int number;
        private String group = "More";
        private String about = "";
        private final List<String> lines = new ArrayList<>();

        private Draft(String slug, String name, int number) {
            this.slug = slug;
            this.name = name;
            this.number = number;
        }

        static Draft of(String line, int number) {
            int close = line.indexOf(']');
            String slug = close < 0 ? "" : line.substring(1, close).strip();
            String name = close < 0 ? "" : line.substring(close + 1).strip();
            if (!isSlug(slug) || name.isEmpty()) {
                throw new IllegalArgumentException(
                        "line " + number + ": expected [lower-case-name] Title, found " + line);
            }
            return new Draft(slug, name, number);
        }

        void take(String line) {
            if (line.startsWith("group:")) {
                group = line.substring("group:".length()).strip();
            } else if (line.startsWith("about:")) {
                about = line.substring("about:".length()).strip();
            } else {
                lines.add(line);
            }
        }

        Topic topic() {
            if (lines.isEmpty()) {
                throw new IllegalArgumentException(
                        "line " + number + ": the topic [" + slug + "] needs a line that says what it finds");
            }
            return new Topic(slug, name, group, about, lines);
        }
    }
}
