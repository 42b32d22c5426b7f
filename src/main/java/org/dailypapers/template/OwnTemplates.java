package org.dailypapers.template;

import io.quarkus.qute.Engine;
import io.quarkus.qute.Template;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.dailypapers.language.Languages;
import org.dailypapers.language.OwnFilesSettings;
import org.dailypapers.language.OwnMessages;
import org.dailypapers.language.OwnMessages.Sentence;
import org.dailypapers.letter.Masthead;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The operator's folder of templates and messages: what stands every trial comes before the built-in ones, at the start
 * and whenever a file changes; of the rest is said why not.
 */
@ApplicationScoped
public class OwnTemplates {

    private static final Logger LOG = Logger.getLogger(OwnTemplates.class);

    /** Before anything is rendered for a reader. */
    private static final int FIRST = Interceptor.Priority.PLATFORM_BEFORE + 100;

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final Optional<Path> folder;
    private final Engine engine;
    private final Languages languages;
    private final OwnMessages messages;
    private final Masthead masthead;
    private final Event<OwnFileFailed> failures;
    private final PlacedTemplates placed;

    private volatile @Nullable Thread watch;
    private volatile Report standing = new Report(List.of(), List.of());
    private Map<String, OwnFolder.Stamp> seen = Map.of();
    private OwnFolder inUse = new OwnFolder(Map.of(), List.of());
    private final Map<String, Fault> failed = new ConcurrentHashMap<>();

    /** Sentences that could not be said, until their file changes. */
    private final Set<Sentence> silenced = ConcurrentHashMap.newKeySet();

    OwnTemplates(
            OwnFilesSettings settings,
            Engine engine,
            Languages languages,
            OwnMessages messages,
            Masthead masthead,
            Event<OwnFileFailed> failures) {
        this.folder = settings.templates();
        this.engine = engine;
        this.languages = languages;
        this.messages = messages;
        this.masthead = masthead;
        this.failures = failures;
        this.placed = new PlacedTemplates(engine, this::fails);
    }

    /**
     * How the files of a folder stand.
     *
     * @param used their names
     * @param faults why others, or lines of these, are not
     */
    public record Report(List<String> used, List<Fault> faults) {
        public Report {
            used = List.copyOf(used);
            faults = List.copyOf(faults);
        }
    }

    /** The folder, where one is set. */
    public Optional<Path> folder() {
        return folder;
    }

    /** How its files stand now. */
    public Report report() {
        var faults = new ArrayList<>(standing.faults());
        faults.addAll(failed.values());
        return new Report(
                standing.used().stream()
                        .filter(name -> !failed.containsKey(name) || name.startsWith("messages/"))
                        .toList(),
                faults);
    }

    void begin(@Observes @Priority(FIRST) StartupEvent event) {
        folder.ifPresent(path -> {
            Rendering.begin(placed);
            messages.whenOneFails((sentence, why) -> {
                silenced.add(sentence);
                fails(new Fault(file(sentence), 0, sentence.name() + ": " + TemplateNames.reason(why)));
            });
            look();
            watch = Thread.ofPlatform().daemon().name("own templates").start(() -> watch(path));
        });
    }

    void end(@Observes ShutdownEvent event) {
        Thread watching = watch;
        if (watching != null) {
            watching.interrupt();
        }
    }

    private void watch(Path path) {
        Map<String, OwnFolder.Stamp> before = seen();
        while (true) {
            try {
                Thread.sleep(BETWEEN_LOOKS);
                Map<String, OwnFolder.Stamp> now = OwnFolder.stamps(path);
                // What is still being written changes from look to look.
                if (now.equals(before) && !now.equals(seen())) {
                    look();
                }
                before = now;
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.errorf(e, "The folder of templates could not be looked at");
            }
        }
    }

    private synchronized Map<String, OwnFolder.Stamp> seen() {
        return seen;
    }

    /** Reads the folder and uses what is good in it, from the next letter and page on. */
    public synchronized void look() {
        if (folder.isEmpty()) {
            return;
        }
        Path path = folder.get();
        seen = OwnFolder.stamps(path);
        OwnFolder now = OwnFolder.read(path);
        failed.keySet()
                .removeIf(name -> !java.util.Objects.equals(
                        now.texts().get(name), inUse.texts().get(name)));
        inUse = now;
        Tried tried = tried(path, now);
        silenced.removeIf(sentence -> !failed.containsKey(file(sentence)));
        failed.keySet().forEach(tried.templates()::remove);
        tried.sentences().keySet().removeAll(silenced);
        Rendering.exchange(() -> messages.say(tried.sentences()));
        placed.place(tried.templates());
        List<Fault> known = standing.faults();
        tried.faults().stream()
                .filter(fault -> !known.contains(fault))
                .forEach(fault -> LOG.warnf("DAILY_PAPERS_TEMPLATES, not used: %s", fault));
        Report before = standing;
        standing = new Report(tried.used(), tried.faults());
        if (!standing.used().equals(before.used())) {
            LOG.infof(
                    "Own templates and messages in use: %s",
                    standing.used().isEmpty() ? "none" : String.join(", ", standing.used()));
        }
    }

    /** What would be said of the files of that folder, which are not used for it. */
    public Report check(Path path) {
        Tried tried = tried(path, OwnFolder.read(path));
        return new Report(tried.used(), tried.faults());
    }

    /** The built-in template or file of messages of that name, to begin with; empty where there is none. */
    public Optional<String> builtIn(String name) {
        if (name.matches("messages/\\w+_[A-Za-z-]+\\.properties")) {
            try (var in = Thread.currentThread().getContextClassLoader().getResourceAsStream(name)) {
                return in == null
                        ? Optional.empty()
                        : Optional.of(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return TemplateNames.known(engine, name) ? located(name) : Optional.empty();
    }

    private Optional<String> located(String name) {
        return engine.locate(name).map(found -> {
            var text = new StringWriter();
            try (Reader in = found.read()) {
                in.transferTo(text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return text.toString();
        });
    }

    private record Tried(
            Map<String, String> templates, Map<Sentence, Template> sentences, List<String> used, List<Fault> faults) {}

    private Tried tried(Path path, OwnFolder own) {
        var faults = new ArrayList<>(own.faults());
        if (!Files.isDirectory(path)) {
            faults.add(new Fault(path.toString(), 0, "the folder is gone"));
        }
        var templates = new TreeMap<String, String>();
        var sentences = new HashMap<Sentence, Template>();
        var bundles = new SentenceTrial(engine, languages, this::builtIn);
        own.texts().forEach((name, text) -> {
            if (TemplateNames.known(engine, name)) {
                templates.put(name, text);
            } else if (name.startsWith("messages/")) {
                sentences.putAll(bundles.of(name, text));
            } else if (!located(name).filter(text::equals).isPresent()) {
                // Whoever copies all that there is means nothing by the rest of it.
                faults.add(new Fault(name, 0, unknown(name)));
            }
        });
        faults.addAll(bundles.faults());
        Trial.Outcome outcome = new Trial(engine, new Examples(languages), masthead.imprint(), templates).run();
        faults.addAll(outcome.faults());
        var used = new ArrayList<>(outcome.good().keySet());
        sentences.keySet().stream().map(OwnTemplates::file).distinct().sorted().forEach(used::add);
        return new Tried(new TreeMap<>(outcome.good()), sentences, used, faults);
    }

    private static String unknown(String name) {
        return name.startsWith("desk/") || name.startsWith("mailbox/")
                ? "the pages of the desk and of the mailbox are the built-in ones alone"
                : "there is no built-in template of this name, so nothing would use it";
    }

    private static String file(Sentence sentence) {
        return "messages/" + sentence.bundle() + "_" + sentence.tag() + ".properties";
    }

    /** Called while templates are locked, so nothing is waited for. */
    private void fails(Fault fault) {
        failed.put(fault.file(), fault);
        LOG.errorf(
                "DAILY_PAPERS_TEMPLATES: %s; it failed at a real letter or page, and the built-in one is used until it changes",
                fault);
        failures.fireAsync(new OwnFileFailed(fault));
    }
}
