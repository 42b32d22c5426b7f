package org.dailypapers.matching.search;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.LockObtainFailedException;
import org.dailypapers.matching.index.IndexField;
import org.dailypapers.matching.index.Translation;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.Papers;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue's index on disk, in a folder that one process has at a time.
 *
 * <p>Nothing in it is not in the database: one that is damaged, was made by another version or of another database is
 * made anew.
 */
final class SearchIndex implements Closeable {

    private static final Logger LOG = Logger.getLogger(SearchIndex.class);

    /** To be raised whenever papers are indexed otherwise than before. */
    static final int FORMAT = 1;

    static final String FOLDER = "search";
    static final String ID = Translation.PAPER;
    /** The day that lists show, in seconds. */
    static final String SHOWN = "shown";

    static final String YEAR = "year";
    static final String SOURCE = "source";
    static final String CHANGE = "change";

    /** Processes that may share a data folder, each with an index of its own. */
    private static final int MOST_FOLDERS = 8;

    private static final String MADE_AS = "format";
    private static final String MADE_OF = "catalogue";

    private static final int MOST_UNCOMMITTED = 20_000;
    private static final Duration LONGEST_UNCOMMITTED = Duration.ofSeconds(30);

    private final Path folder;
    private final Directory directory;
    private final IndexWriter writer;
    private final SearcherManager searchers;
    private int uncommitted;
    private long committed = System.nanoTime();

    private SearchIndex(Path folder, Directory directory, String catalogue) throws IOException {
        this.folder = folder;
        this.directory = directory;
        writer = new IndexWriter(directory, new IndexWriterConfig(IndexField.indexing()));
        try {
            writer.setLiveCommitData(Map.of(MADE_AS, Integer.toString(FORMAT), MADE_OF, catalogue)
                    .entrySet());
            searchers = new SearcherManager(writer, null);
        } catch (IOException | RuntimeException e) {
            writer.rollback();
            throw e;
        }
    }

    /**
     * Opens the index in the data folder, or in the next one beside it where another process has that.
     *
     * @param catalogue the name of the database
     */
    static SearchIndex open(Path data, String catalogue) throws IOException {
        for (int number = 1; ; number++) {
            Path folder = data.resolve(number == 1 ? FOLDER : FOLDER + "-" + number);
            Directory directory = FSDirectory.open(folder);
            try {
                clear(directory, folder, catalogue);
                var index = new SearchIndex(folder, directory, catalogue);
                if (number > 1) {
                    LOG.infof(
                            "Another process has the search index in %s; this one keeps its own in %s",
                            data.resolve(FOLDER), folder);
                }
                return index;
            } catch (LockObtainFailedException e) {
                directory.close();
                if (number == MOST_FOLDERS) {
                    throw new IOException(
                            MOST_FOLDERS + " processes have their search index in " + data
                                    + " already; set DAILY_PAPERS_DATA to a folder of its own",
                            e);
                }
            } catch (IOException | RuntimeException e) {
                directory.close();
                throw e;
            }
        }
    }

    /** Takes away what cannot be used. */
    private static void clear(Directory directory, Path folder, String catalogue) throws IOException {
        try (Lock lock = directory.obtainLock(IndexWriter.WRITE_LOCK_NAME)) {
            String fault = fault(directory, catalogue);
            if (fault == null) {
                return;
            }
            LOG.warnf("The search index in %s %s; it is made anew", folder, fault);
            lock.ensureValid();
            for (String file : directory.listAll()) {
                if (file.contains(IndexFileNames.SEGMENTS)
                        || IndexFileNames.CODEC_FILE_PATTERN.matcher(file).matches()) {
                    directory.deleteFile(file);
                }
            }
        }
    }

    /** Why what is there cannot be used; null where it can, or where nothing is there. */
    private static @Nullable String fault(Directory directory, String catalogue) throws IOException {
        if (!DirectoryReader.indexExists(directory)) {
            for (String file : directory.listAll()) {
                if (IndexFileNames.CODEC_FILE_PATTERN.matcher(file).matches()) {
                    return "lacks its list of segments";
                }
            }
            return null;
        }
        try (DirectoryReader reader = DirectoryReader.open(directory)) {
            Map<String, String> made = reader.getIndexCommit().getUserData();
            if (!Integer.toString(FORMAT).equals(made.get(MADE_AS))) {
                return "was made by another version";
            }
            if (!catalogue.equals(made.get(MADE_OF))) {
                return "is of another database";
            }
            for (LeafReaderContext segment : reader.leaves()) {
                segment.reader().checkIntegrity();
            }
            return null;
        } catch (IndexFormatTooOldException | IndexFormatTooNewException e) {
            return "was made by another version of Lucene";
        } catch (CorruptIndexException | EOFException | NoSuchFileException e) {
            LOG.debugf(e, "What is wrong with the search index in %s", directory);
            return "is damaged";
        } catch (IOException | RuntimeException e) {
            return "cannot be read (" + e + ")";
        }
    }

    Path folder() {
        return folder;
    }

    /** Puts the paper in, in the place of what was there of it. */
    void put(Paper paper) throws IOException {
        Document document = IndexField.document(paper);
        long shown = shown(paper);
        document.add(new NumericDocValuesField(SHOWN, shown));
        document.add(new LongPoint(SHOWN, shown));
        document.add(new NumericDocValuesField(YEAR, year(shown)));
        document.add(new StringField(SOURCE, paper.origin, Field.Store.NO));
        document.add(new NumericDocValuesField(CHANGE, change(paper.revision, paper.changedAt)));
        Facets.add(paper, document);
        writer.updateDocument(term(paper.id), document);
        uncommitted++;
    }

    void remove(long paper) throws IOException {
        writer.deleteDocuments(term(paper));
        uncommitted++;
    }

    static Term term(long paper) {
        return new Term(ID, Long.toString(paper));
    }

    /** What tells whether the paper is still as it was indexed. */
    static long change(Papers.Change change) {
        return change(change.revision(), change.at());
    }

    private static long change(long revision, Instant at) {
        return revision * 0x9E3779B97F4A7C15L + ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    /** The day that lists show of a paper: when it was published, else when it was first seen. */
    private static long shown(Paper paper) {
        return paper.published != null ? paper.published.getEpochSecond() : seconds(paper.firstEdition);
    }

    static long seconds(LocalDate day) {
        return day.toEpochDay() * TimeUnit.DAYS.toSeconds(1);
    }

    private static int year(long seconds) {
        return Instant.ofEpochSecond(seconds).atOffset(ZoneOffset.UTC).getYear();
    }

    /** Lets searches see what was put in and removed. */
    void show() throws IOException {
        searchers.maybeRefreshBlocking();
    }

    /** Writes to disk what a process that is killed would have to read again, where that became much. */
    void keep() throws IOException {
        if (uncommitted >= MOST_UNCOMMITTED
                || uncommitted > 0 && System.nanoTime() - committed > LONGEST_UNCOMMITTED.toNanos()) {
            writer.commit();
            uncommitted = 0;
            committed = System.nanoTime();
        }
    }

    IndexSearcher acquire() throws IOException {
        return searchers.acquire();
    }

    void release(IndexSearcher searcher) throws IOException {
        searchers.release(searcher);
    }

    /** Whether it can be read and written no more, by itself or after that failure. */
    boolean broken(Throwable failure) {
        return !writer.isOpen() || isDamage(failure);
    }

    private static boolean isDamage(@Nullable Throwable failure) {
        for (Throwable e = failure; e != null; e = e.getCause()) {
            if (e instanceof CorruptIndexException) {
                return true;
            }
        }
        return false;
    }

    /** Closes it without a word more to its files than it takes to leave them whole. */
    void abandon() {
        // What fails of one keeps neither the lock nor the files of the others.
        abandon(searchers);
        abandon(writer::rollback);
        abandon(directory);
    }

    private void abandon(Closeable part) {
        try {
            part.close();
        } catch (IOException | RuntimeException e) {
            LOG.debugf(e, "The search index in %s is left as it is", folder);
        }
    }

    @Override
    public void close() throws IOException {
        searchers.close();
        writer.close();
        directory.close();
    }
}
