package org.dailypapers.dns;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Records that a test lays down; whatever else is asked for does not exist. */
final class Zone implements Dns {

    private final Map<String, List<String>> records = new HashMap<>();
    private final Map<String, String> silent = new HashMap<>();
    private final List<String> asked = new ArrayList<>();

    Zone with(String name, Kind kind, String... texts) {
        records.put(kind + " " + name, List.of(texts));
        return this;
    }

    Zone silentAbout(String name, Kind kind) {
        silent.put(kind + " " + name, "timed out");
        return this;
    }

    List<String> asked() {
        return asked;
    }

    @Override
    public Answer ask(String name, Kind kind) {
        String question = kind + " " + name;
        asked.add(question);
        if (silent.containsKey(question)) {
            return new Answer.Unanswered(silent.get(question));
        }
        List<String> texts = records.getOrDefault(question, List.of());
        return texts.isEmpty() ? new Answer.None() : new Answer.Records(texts);
    }
}
