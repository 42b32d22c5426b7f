package org.dailypapers.matching.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.lucene.search.IndexSearcher;
import org.dailypapers.paper.Paper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The index's files: what happens to them, and who may have them. */
class SearchIndexTest {

    private static final String OURS = "6a4c1f0e-3d7b-4f59-9d64-0c8b1c5f7a11";

    @TempDir
    Path data;

    private static Paper paper(long id) {
        var paper = new Paper();
        paper.id = id;
        paper.publicId = "2603.%05d".formatted(id);
        paper.title = "Robot " + id;
        paper.summary = "They walk.";
        paper.authors = List.of("Ada Lovelace");
        paper.categories = List.of("cs.RO");
        paper.origin = "jsonl";
        paper.firstEdition = LocalDate.parse("2026-03-02");
        paper.changedAt = Instant.parse("2026-03-02T12:00:00Z");
        paper.revision = id;
        return paper;
    }

    private static int papers(SearchIndex index) throws IOException {
        index.show();
        IndexSearcher searcher = index.acquire();
        try {
            return searcher.getIndexReader().numDocs();
        } finally {
            index.release(searcher);
        }
    }

    private int papersAfterwards() throws IOException {
        try (SearchIndex index = SearchIndex.open(data, OURS)) {
            return papers(index);
        }
    }

    private void make(int papers) throws IOException {
        try (SearchIndex index = SearchIndex.open(data, OURS)) {
            for (int i = 1; i <= papers; i++) {
                index.put(paper(i));
            }
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve(SearchIndex.FOLDER))) {
            return files.filter(file -> !file.endsWith("write.lock")).sorted().toList();
        }
    }

    @Test
    void aStartFindsWhatWasThere() throws IOException {
        make(3);
        assertEquals(3, papersAfterwards());
    }

    @Test
    void anIndexOfAnotherDatabaseIsMadeAnew() throws IOException {
        make(3);
        try (SearchIndex index = SearchIndex.open(data, "another")) {
            assertEquals(0, papers(index));
        }
        assertEquals(0, papersAfterwards());
    }

    @Test
    void whateverFileIsDamagedOrGoneTheIndexIsMadeAnewAndServes() throws IOException {
        List<Consumer<Path>> damages = List.of(
                file -> unchecked(() -> Files.delete(file)),
                file -> unchecked(() -> Files.write(file, new byte[0])),
                file -> unchecked(() -> {
                    byte[] bytes = Files.readAllBytes(file);
                    bytes[new Random(bytes.length).nextInt(bytes.length)] ^= 0x20;
                    Files.write(file, bytes);
                }),
                file -> unchecked(() -> Files.writeString(file, "not an index")));
        make(5);
        int files = files().size();
        assertTrue(files > 1, "what is damaged are " + files + " files");
        for (int which = 0; which < files; which++) {
            for (Consumer<Path> damage : damages) {
                Path damaged = files().get(which);
                damage.accept(damaged);
                assertEquals(0, papersAfterwards(), damaged + " was damaged, and what is left is taken for whole");
                make(5);
                assertEquals(5, papersAfterwards());
            }
        }
    }

    private interface Step {
        void take() throws IOException;
    }

    private static void unchecked(Step step) {
        try {
            step.take();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anotherFileInTheFolderStays() throws IOException {
        make(1);
        Path note = Files.writeString(data.resolve(SearchIndex.FOLDER).resolve("note.txt"), "mine");
        SearchIndex.open(data, "another").close();
        assertEquals("mine", Files.readString(note));
    }

    @Test
    void twoProcessesOnOneFolderHaveAnIndexEach() throws IOException {
        try (SearchIndex first = SearchIndex.open(data, OURS);
                SearchIndex second = SearchIndex.open(data, OURS)) {
            assertNotEquals(first.folder(), second.folder());
            first.put(paper(1));
            assertEquals(1, papers(first));
            assertEquals(0, papers(second));
        }
        assertEquals(1, papersAfterwards());
    }

    @Test
    void whatWasKeptIsThereAfterAKill() throws IOException {
        var killed = SearchIndex.open(data, OURS);
        for (int i = 1; i <= 20_000; i++) {
            killed.put(paper(i));
        }
        killed.keep();
        killed.put(paper(20_001));
        killed.show();
        Path copy = data.resolve("copy");
        Files.createDirectories(copy.resolve(SearchIndex.FOLDER));
        for (Path file : files()) {
            Files.copy(file, copy.resolve(SearchIndex.FOLDER).resolve(file.getFileName()));
        }
        killed.abandon();
        try (SearchIndex after = SearchIndex.open(copy, OURS)) {
            assertEquals(20_000, papers(after));
        }
    }
}
