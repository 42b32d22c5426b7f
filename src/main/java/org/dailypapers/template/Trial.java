package org.dailypapers.template;

import io.quarkus.qute.Engine;
import io.quarkus.qute.FragmentSectionHelper;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateInstance;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.dailypapers.template.CheckedTemplates.Checked;
import org.dailypapers.template.Examples.Shape;
import org.jspecify.annotations.Nullable;

/** Tries own templates in an engine of their own: each that is affected is rendered with examples, beside the built-in one. */
final class Trial {

    private static final String SPOKEN = "spoken";
    private static final List<String> SUFFIXES = List.of(".html", ".txt");

    private final Engine builtIn;
    private final Engine engine;
    private final Examples examples;
    private final @Nullable URI imprint;
    private final Map<String, String> left;
    private final Set<String> standing = new TreeSet<>();
    private final List<Fault> faults = new ArrayList<>();

    Trial(Engine live, Examples examples, @Nullable URI imprint, Map<String, String> own) {
        this.builtIn = another(live);
        this.engine = another(live);
        this.examples = examples;
        this.imprint = imprint;
        this.left = new TreeMap<>(own);
    }

    /** An engine like that one. What it knows of fragments is its own: they are told by numbers that each engine counts. */
    static Engine another(Engine live) {
        return live.newBuilder()
                .addSectionHelper(new FragmentSectionHelper.Factory())
                .build();
    }

    /**
     * What came of it.
     *
     * @param good what may be used
     */
    record Outcome(Map<String, String> good, List<Fault> faults) {}

    /** How a rendering went wrong. */
    private record Wrong(String blamed, @Nullable Throwable failure, String reason) {}

    Outcome run() {
        Map.copyOf(left).keySet().stream().sorted().forEach(this::parse);
        if (!standing.isEmpty()) {
            CheckedTemplates.all().forEach(this::attempt);
            lettersInPieces();
        }
        return new Outcome(new LinkedHashMap<>(left), faults);
    }

    private void parse(String name) {
        try {
            Template own = stand(name);
            Template before = Objects.requireNonNull(builtIn.getTemplate(name));
            for (String fragment : new TreeSet<>(before.getFragmentIds())) {
                if (!own.getFragmentIds().contains(fragment)) {
                    blame(name, new Wrong(name, null, "it lacks the fragment {#fragment id=" + fragment + "}"));
                    return;
                }
            }
        } catch (RuntimeException e) {
            blame(name, new Wrong(name, e, ""));
        }
    }

    private Template stand(String name) {
        Template own = engine.parse(Objects.requireNonNull(left.get(name)), TemplateNames.variant(name), name);
        TemplateNames.ids(builtInLoaded(name), name).forEach(id -> engine.putTemplate(id, own));
        standing.add(name);
        return own;
    }

    /** The engine whose names are known once its files have been asked for. */
    private Engine builtInLoaded(String name) {
        SUFFIXES.forEach(suffix -> builtIn.getTemplate(name.substring(0, name.lastIndexOf('.')) + suffix));
        return builtIn;
    }

    private void fall(String name) {
        Set<String> ids = Set.copyOf(TemplateNames.ids(builtInLoaded(name), name));
        engine.removeTemplates(ids::contains);
        standing.remove(name);
    }

    private void blame(String name, Wrong wrong) {
        fall(name);
        left.remove(name);
        faults.add(
                wrong.failure() == null
                        ? new Fault(name, 0, wrong.reason())
                        : TemplateNames.fault(name, wrong.failure()));
    }

    private void attempt(Checked checked) {
        for (String suffix : SUFFIXES) {
            String name = checked.id() + suffix;
            if (builtIn.getTemplate(name) == null) {
                continue;
            }
            for (Shape shape : checked.page() ? Shape.all("a") : examples.ofLetters("a", truths(checked))) {
                Optional<Wrong> wrong = compare(checked, name, shape);
                while (wrong.isPresent() && !standing.isEmpty()) {
                    single(checked, name, shape, wrong.get());
                    wrong = compare(checked, name, shape);
                }
            }
        }
    }

    /** Finds the template that is to blame: the one that the failure names, else the one without which all is well. */
    private void single(Checked checked, String name, Shape shape, Wrong wrong) {
        if (standing.contains(wrong.blamed())) {
            blame(wrong.blamed(), wrong);
            return;
        }
        for (String suspect : List.copyOf(standing)) {
            fall(suspect);
            boolean well = compare(checked, name, shape).isEmpty();
            stand(suspect);
            if (well) {
                blame(suspect, wrong);
                return;
            }
        }
        List.copyOf(standing).forEach(each -> blame(each, wrong));
    }

    private Optional<Wrong> compare(Checked checked, String name, Shape shape) {
        String expected;
        try {
            expected = render(builtIn, checked, name, shape);
        } catch (RuntimeException e) {
            // The built-in one is never given the like.
            return Optional.empty();
        }
        String own;
        try {
            own = render(engine, checked, name, shape);
        } catch (RuntimeException | StackOverflowError e) {
            return Optional.of(new Wrong(TemplateNames.blamed(e), e, ""));
        }
        return lacking(checked, name, shape, expected, own).map(reason -> new Wrong("", null, reason));
    }

    private Optional<String> lacking(Checked checked, String name, Shape shape, String expected, String own) {
        if (checked.page()) {
            return Obligations.ofPage(checked.id(), expected, own);
        }
        if (expected.endsWith("\n") && !own.isEmpty() && !own.endsWith("\n")) {
            return Optional.of(part(checked) + " must end with a line's end");
        }
        if (checked.fragment() == null) {
            return Obligations.ofLetter(name.endsWith(".html"), expected, own, given(checked, shape), imprint);
        }
        List<Shape> others = examples.others(shape, truths(checked));
        return same(builtIn, checked, name, others, expected) && !same(engine, checked, name, others, own)
                ? Optional.of(
                        part(checked) + " is the same for all readers of a language, so nothing of one may stand in it")
                : Optional.empty();
    }

    private boolean same(Engine from, Checked checked, String name, List<Shape> others, String text) {
        return others.stream().allMatch(other -> text.equals(render(from, checked, name, other)));
    }

    /** The names of what is yes or no in what the letter is given. */
    private static Set<String> truths(Checked checked) {
        var truths = new TreeSet<String>();
        for (Parameter parameter : checked.given().getParameters()) {
            if (parameter.getType() == boolean.class) {
                truths.add(parameter.getName());
            }
            if (parameter.getType().isRecord()) {
                for (RecordComponent part : parameter.getType().getRecordComponents()) {
                    if (part.getType() == boolean.class) {
                        truths.add(part.getName());
                    }
                }
            }
        }
        return truths;
    }

    private static String part(Checked checked) {
        return checked.fragment() == null ? "it" : "{#fragment id=" + checked.fragment() + "}";
    }

    /** Letters are put together from a template's fragments: what they owe must stand in one of those. */
    private void lettersInPieces() {
        var pieces = new TreeMap<String, List<Checked>>();
        CheckedTemplates.all().stream()
                .filter(checked -> checked.fragment() != null)
                .forEach(checked -> pieces.computeIfAbsent(checked.id(), id -> new ArrayList<>())
                        .add(checked));
        pieces.forEach((id, fragments) -> SUFFIXES.forEach(suffix -> {
            String name = id + suffix;
            var truths = new TreeSet<String>();
            fragments.forEach(fragment -> truths.addAll(truths(fragment)));
            for (Shape shape : examples.ofLetters("a", truths)) {
                if (standing.contains(name)) {
                    var given = new HashMap<String, @Nullable Object>();
                    fragments.forEach(fragment -> given.putAll(given(fragment, shape)));
                    Obligations.ofLetter(
                                    suffix.equals(".html"),
                                    joined(builtIn, fragments, name, shape),
                                    joined(engine, fragments, name, shape),
                                    given,
                                    imprint)
                            .ifPresent(reason -> blame(name, new Wrong(name, null, reason + ", in a fragment of it")));
                }
            }
        }));
    }

    private String joined(Engine from, List<Checked> fragments, String name, Shape shape) {
        var all = new StringBuilder();
        for (Checked fragment : fragments) {
            try {
                all.append(render(from, fragment, name, shape));
            } catch (RuntimeException e) {
                // A piece that is never given the like.
            }
        }
        return all.toString();
    }

    private Map<String, @Nullable Object> given(Checked checked, Shape shape) {
        return examples.of(checked.given(), shape);
    }

    String render(Engine from, Checked checked, String name, Shape shape) {
        Template template = Objects.requireNonNull(from.getTemplate(name));
        if (checked.fragment() != null) {
            template = Objects.requireNonNull(template.getFragment(checked.fragment()));
        }
        TemplateInstance instance =
                template.instance().setLocale(examples.language(shape).locale());
        given(checked, shape).forEach(instance::data);
        if (checked.page()) {
            instance.data(SPOKEN, spoken(shape));
        }
        return instance.render();
    }

    /** How a page speaks, which each is given besides: of the type that their layout says. */
    private @Nullable Object spoken(Shape shape) {
        String type =
                Objects.requireNonNull(builtIn.getTemplate("page/layout.html")).getParameterDeclarations().stream()
                        .filter(declared -> declared.getKey().equals(SPOKEN))
                        .map(declared -> declared.getTypeInfo().replace("|", ""))
                        .findFirst()
                        .orElseThrow();
        return examples.of(CheckedTemplates.load(type), SPOKEN, shape);
    }
}
