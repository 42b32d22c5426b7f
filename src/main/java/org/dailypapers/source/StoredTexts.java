package org.dailypapers.source;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.PaperId;
import org.dailypapers.paper.Papers;
import org.dailypapers.storage.DatabaseFailure;
import org.jboss.logging.Logger;

/** The texts of papers that an earlier version took as they were written: they are made plain as those of today are. */
@ApplicationScoped
public class StoredTexts {

    private static final Logger LOG = Logger.getLogger(StoredTexts.class);
    private static final int BATCH = 200;

    /** Its name among the mends; another one where plain texts come to mean more. */
    private static final String MEND = "plain mathematics";

    private final EntityManager database;
    private final Papers papers;
    private boolean done;

    StoredTexts(EntityManager database, Papers papers) {
        this.database = database;
        this.papers = papers;
    }

    /** Makes them plain, once in the life of a database; a paper that cannot be stored is left as it is. */
    synchronized void makePlainOnce() {
        if (done) {
            return;
        }
        if (!QuarkusTransaction.requiringNew().call(this::isDone)) {
            makePlain();
            QuarkusTransaction.requiringNew().run(() -> database.createNativeQuery(
                            "insert into mend (name) values (:name) on conflict do nothing")
                    .setParameter("name", MEND)
                    .executeUpdate());
        }
        done = true;
    }

    private boolean isDone() {
        return !database.createNativeQuery("select name from mend where name = :name", String.class)
                .setParameter("name", MEND)
                .getResultList()
                .isEmpty();
    }

    /** Makes all of them plain; how many papers that changed. */
    int makePlain() {
        List<Long> ids = QuarkusTransaction.requiringNew().call(this::candidates);
        int changed = 0;
        for (int i = 0; i < ids.size(); i += BATCH) {
            List<Long> batch = ids.subList(i, Math.min(i + BATCH, ids.size()));
            try {
                changed += QuarkusTransaction.requiringNew().call(() -> (int)
                        papers.byIds(batch).stream().filter(this::madePlain).count());
            } catch (RuntimeException e) {
                DatabaseFailure.throwIfBehind(e);
                LOG.warnf(e, "The texts of %d papers stay as their sources wrote them", batch.size());
            }
        }
        if (changed > 0) {
            LOG.infof(
                    "Texts of %d papers are plain now: HTML's characters, TeX's accents and simple formulas became letters",
                    changed);
        }
        return changed;
    }

    /** Nothing changes in a text that has none of these signs; a backslash is character 92. */
    private List<Long> candidates() {
        return database.createNativeQuery("""
                                select id
                                from (
                                    select id, title || summary || authors || keywords || coalesce(organization, '')
                                        || coalesce(note, '') as texts
                                    from paper) p
                                where position('&' in texts) > 0
                                    or position(chr(92) in texts) > 0
                                    or position('$' in texts) > 0
                                    or position('~' in texts) > 0
                                    or position('10^' in texts) > 0
                                order by id""", Long.class)
                .getResultStream()
                .map(Long.class::cast)
                .toList();
    }

    private boolean madePlain(Paper paper) {
        boolean title = text(paper.title, v -> {
            paper.titleWritten = paper.titleWritten == null ? paper.title : paper.titleWritten;
            paper.title = v;
            paper.titleKey = PaperId.ofTitle(v).value();
        });
        boolean changed = title
                | text(paper.summary, v -> {
                    paper.summaryWritten = paper.summaryWritten == null ? paper.summary : paper.summaryWritten;
                    paper.summary = v;
                })
                | text(paper.organization, v -> paper.organization = v)
                | text(paper.note, v -> paper.note = v)
                | texts(paper.authors, v -> paper.authors = v)
                | texts(paper.keywords, v -> paper.keywords = v);
        if (changed) {
            papers.touch(paper);
        }
        return changed;
    }

    private static boolean text(String text, Consumer<String> set) {
        String plain = text == null ? null : PlainText.of(text);
        // A column is as long as the longest text that it took.
        boolean changes = !Objects.equals(plain, text) && plain.length() <= text.length();
        if (changes) {
            set.accept(plain);
        }
        return changes;
    }

    private static boolean texts(List<String> texts, Consumer<List<String>> set) {
        List<String> plain = texts.stream().map(PlainText::of).toList();
        boolean changes = !plain.equals(texts);
        if (changes) {
            set.accept(plain);
        }
        return changes;
    }
}
