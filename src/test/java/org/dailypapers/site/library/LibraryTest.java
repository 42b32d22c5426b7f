package org.dailypapers.site.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.dailypapers.paper.PaperId;
import org.junit.jupiter.api.Test;

class LibraryTest {

    private static Reference only(String text) {
        List<Reference> references = Library.references(text);
        assertEquals(1, references.size(), references.toString());
        return references.getFirst();
    }

    private static List<String> ids(Reference reference) {
        return reference.ids().stream().map(PaperId::value).toList();
    }

    @Test
    void bibTexIsReadWithItsFormulasBracesAndMacros() {
        List<Reference> references = Library.references("""
                % a comment
                @string{pre = "arXiv preprint "}
                @comment{ @article{no, title={Not this}} }
                @ARTICLE {kirillov:2023,
                  author = "Kirillov, Alexander and others",
                  title = "{Segment} {A}nything in $O(n^{2})$ with {\\'E}tudes",
                  journal = pre # {arXiv:2304.02643v1},
                  abstract = {We {\\em mask} 50\\% of "it".},
                }
                @inproceedings(paren, title = {Round brackets}, doi = {https://doi.org/10.1000/ABC})
                @misc{broken, title = {Never closed
                @article{after, title = "After it", eprint = {hep-th/9901001}, archiveprefix = {arXiv}}
                """);
        assertEquals("2304.02643", ids(references.get(0)).getFirst());
        assertTrue(
                references.get(0).title().startsWith("Segment Anything in"),
                references.get(0).title());
        assertTrue(
                references.get(0).title().contains("Études"), references.get(0).title());
        assertEquals(List.of("doi:10.1000/abc"), ids(references.get(1)));
        Reference last = references.getLast();
        assertEquals("After it", last.title());
        assertEquals(List.of("hep-th/9901001"), ids(last));
    }

    @Test
    void risIsRead() {
        Reference reference = only("""
                \uFEFFTY  - JOUR
                TI  - Segment Anything
                AB  - A mask for
                DO  - 10.48550/arXiv.2304.02643
                UR  - http://arxiv.org/abs/2304.02643
                ER  -\s
                """);
        assertEquals(List.of("2304.02643"), ids(reference));
        assertEquals("Segment Anything", reference.title());
    }

    @Test
    void zoterosJsonAndOrcidsWorksAreRead() {
        assertEquals(List.of("2304.02643"), ids(only("""
                [{"id": 1, "title": "Segment Anything", "URL": "http://arxiv.org/abs/2304.02643", "abstract": "Masks"}]""")));
        Reference orcid = only("""
                {"group": [{"external-ids": {"external-id": []}, "work-summary": [
                  {"title": {"title": {"value": "A work"}}, "external-ids": {"external-id": [
                    {"external-id-type": "doi", "external-id-value": "10.1000/xyz"}]}},
                  {"title": {"title": {"value": "A work again"}}}]}]}""");
        assertEquals("A work", orcid.title());
        assertEquals(List.of("doi:10.1000/xyz"), ids(orcid));
    }

    @Test
    void plainIdsAndLinksAreReadOnceEach() {
        assertEquals(
                List.of("2304.02643", "hep-th/9901001", "doi:10.1000/xyz"),
                Library.references("2304.02643\narXiv:hep-th/9901001, https://arxiv.org/pdf/2304.02643v2"
                                + "\nhttps://doi.org/10.1000/xyz and some words")
                        .stream()
                        .map(r -> ids(r).getFirst())
                        .toList());
    }

    @Test
    void whateverIsTypedIsReadToItsEnd() {
        var random = new Random(9);
        String signs = "@{}\"#,=\\%$()[]:-\n abcTYER12.";
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder(random.nextInt(4) == 0 ? "@article{" : random.nextBoolean() ? "TY  - " : "[");
            for (int c = random.nextInt(60); c > 0; c--) {
                text.append(signs.charAt(random.nextInt(signs.length())));
            }
            Library.references(text.toString());
        }
    }

    @Test
    void noMoreThanFiveThousandAreRead() {
        assertEquals(
                5_000,
                Library.references("@misc{a, title={Some title}}\n".repeat(6_000))
                        .size());
    }
}
