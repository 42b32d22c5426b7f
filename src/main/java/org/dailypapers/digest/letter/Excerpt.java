package org.dailypapers.digest.letter;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.dailypapers.matching.index.Met;
import org.dailypapers.paper.Paper;

/** A few lines of an abstract: the sentence that met the reader's interest, and as many beside it as there is room for. */
public final class Excerpt {

    private static final String GAP = "… ";

    private final String text;
    private final int length;

    private Excerpt(String text, int length) {
        this.text = text;
        this.length = length;
    }

    /**
     * At most some so many characters of the paper's abstract.
     *
     * @param interests for each interest, the strongest first, where in the abstract it was met
     */
    public static List<Part> of(Paper paper, int length, List<List<Met.Span>> interests) {
        List<Met.Span> all = interests.stream().flatMap(List::stream).toList();
        List<Met.Span> strongest =
                interests.stream().filter(i -> !i.isEmpty()).findFirst().orElse(List.of());
        String head = paper.excerpt(length);
        // Without its own “ …”, where it has one, the beginning is a piece of the abstract.
        int shown = paper.summary.startsWith(head) ? head.length() : Math.max(0, head.length() - 2);
        return new Excerpt(paper.summary, length).of(head, shown, strongest, all);
    }

    private record Sentence(int start, int end) {

        boolean holds(Met.Span span) {
            return start <= span.start() && span.start() < end;
        }
    }

    private List<Part> of(String head, int shown, List<Met.Span> strongest, List<Met.Span> all) {
        if (strongest.isEmpty()) {
            return Part.plain(head);
        }
        List<Sentence> sentences = sentences();
        Sentence met = sentences.stream()
                .max(Comparator.<Sentence>comparingLong(s -> words(s, strongest))
                        .thenComparingLong(s -> words(s, all))
                        .thenComparingInt(s -> -s.start()))
                .orElseThrow();
        if (met.end() <= shown || shown == text.length()) {
            List<Part> parts = new ArrayList<>(Part.of(text, 0, shown, all));
            parts.addAll(Part.plain(head.substring(Math.min(shown, head.length()))));
            return parts;
        }
        return met.end() - met.start() <= length
                ? around(sentences, sentences.indexOf(met), all)
                : within(met, strongest.stream().filter(met::holds).findFirst().orElseThrow(), all);
    }

    /** How many different words of the spans stand in the sentence. */
    private long words(Sentence sentence, List<Met.Span> spans) {
        return spans.stream()
                .filter(sentence::holds)
                .map(span -> text.substring(span.start(), span.end()).toLowerCase(Locale.ROOT))
                .distinct()
                .count();
    }

    private List<Sentence> sentences() {
        var sentences = new ArrayList<Sentence>();
        BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ENGLISH);
        breaks.setText(text);
        int start = breaks.first();
        for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
            sentences.add(new Sentence(start, end));
            start = end;
        }
        return sentences;
    }

    /** The sentence with those after it, and where these are few with those before it. */
    private List<Part> around(List<Sentence> sentences, int met, List<Met.Span> all) {
        int first = met;
        int last = met;
        while (last + 1 < sentences.size()
                && sentences.get(last + 1).end() - sentences.get(first).start() <= length) {
            last++;
        }
        while (first > 0 && sentences.get(last).end() - sentences.get(first - 1).start() <= length) {
            first--;
        }
        return cut(sentences.get(first).start(), sentences.get(last).end(), all);
    }

    /** A piece of a sentence that is too long, from some words before the first that met. */
    private List<Part> within(Sentence sentence, Met.Span met, List<Met.Span> all) {
        int from = sentence.start();
        if (met.end() - from > length) {
            from = afterSpace(Math.max(from, met.start() - length / 3), met.start());
        }
        int to = Math.min(sentence.end(), from + length);
        return cut(from, to < sentence.end() ? beforeSpace(to, Math.min(to, Math.max(met.end(), from + 1))) : to, all);
    }

    private List<Part> cut(int from, int to, List<Met.Span> all) {
        int end = to;
        while (end > from && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        List<Part> parts = new ArrayList<>();
        if (from > 0) {
            parts.add(new Part(GAP, false));
        }
        parts.addAll(Part.of(text, from, end, all));
        if (to < text.length() && !isSentenceEnd(end)) {
            parts.add(new Part(" …", false));
        }
        return parts;
    }

    private boolean isSentenceEnd(int end) {
        return end > 0 && ".?!。？！".indexOf(text.charAt(end - 1)) >= 0;
    }

    private int afterSpace(int from, int most) {
        int space = text.indexOf(' ', from);
        int place = space >= 0 && space < most ? space + 1 : from;
        return place > 0 && place < text.length() && Character.isLowSurrogate(text.charAt(place)) ? place - 1 : place;
    }

    private int beforeSpace(int to, int least) {
        int space = text.lastIndexOf(' ', to);
        int place = space >= least ? space : to;
        return place < text.length() && Character.isLowSurrogate(text.charAt(place)) ? place + 1 : place;
    }
}
