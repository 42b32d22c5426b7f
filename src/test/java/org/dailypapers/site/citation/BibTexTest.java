package org.dailypapers.site.citation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.dailypapers.paper.Paper;
import org.dailypapers.source.RealData;
import org.dailypapers.source.file.PaperFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BibTexTest {

    private static Paper paper(String id, String title, String... authors) {
        var paper = new Paper();
        paper.publicId = id;
        paper.title = title;
        paper.summary = "";
        paper.authors = List.of(authors);
        paper.authorCount = authors.length;
        paper.published = Instant.parse("2017-06-12T17:57:34Z");
        paper.firstEdition = LocalDate.parse("2017-06-13");
        return paper;
    }

    @Test
    void aPaperIsWrittenWithAllThatCitesIt() {
        Paper paper = paper("1706.03762", "Attention Is All You Need", "Ashish Vaswani", "Noam Shazeer");
        paper.categories = List.of("cs.CL", "cs.LG");
        paper.doi = "10.1000/a_b";
        paper.authorCount = 8;
        assertEquals("""
                @misc{vaswani2017-1706.03762,
                  title = {{Attention Is All You Need}},
                  author = {Ashish Vaswani and Noam Shazeer and others},
                  year = {2017},
                  month = jun,
                  eprint = {1706.03762},
                  archiveprefix = {arXiv},
                  primaryclass = {cs.CL},
                  doi = {10.1000/a_b},
                  url = {https://arxiv.org/abs/1706.03762}
                }

                """, BibTex.of(paper));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "R&D at 100% of #1 snake_case | R\\&D at 100\\% of \\#1 snake\\_case",
                "The $\\beta$-VAE and $10^{-3}$ | The $\\beta$-VAE and $10^{-3}$",
                "From $5 to $10 | From \\$5 to \\$10",
                "A lone $ sign and $x$ | A lone \\$ sign and $x$",
                "$400,000 for $x_i$ | \\$400,000 for $x_i$",
                "0.2<z<0.8 <think> | 0.2\\textless{}z\\textless{}0.8 \\textless{}think\\textgreater{}",
                "} , owner = {x | \\textbraceright{} , owner = \\textbraceleft{}x",
                "$}{$ and ${x$ | \\$\\textbraceright{}\\textbraceleft{}\\$ and \\$\\textbraceleft{}x\\$",
                "\\input{/etc/passwd} | \\textbackslash{}input\\textbraceleft{}/etc/passwd\\textbraceright{}",
                "$\\input{/etc/passwd}$ | \\$\\textbackslash{}input\\textbraceleft{}/etc/passwd\\textbraceright{}\\$",
                "$\\InputIfFileExists{/etc/passwd}{}{}$ | \\$\\textbackslash{}InputIfFileExists\\textbraceleft{}/etc/passwd"
                        + "\\textbraceright{}\\textbraceleft{}\\textbraceright{}\\textbraceleft{}\\textbraceright{}\\$",
                "$\\scantokens{x}$ | \\$\\textbackslash{}scantokens\\textbraceleft{}x\\textbraceright{}\\$",
                "\\emph{Very} Schr\\\"odinger--like $\\int$ | Very Schrödinger--like $\\int$",
                "$^^5cinput{x}$ | \\$\\textasciicircum{}\\textasciicircum{}5cinput\\textbraceleft{}x\\textbraceright{}\\$",
                "~ and ^ | \\textasciitilde{} and \\textasciicircum{}",
                "Ünïcode 数学 α “quotes” | Ünïcode 数学 α “quotes”",
            })
    void signsOfTexShowAsTheyAreAndFormulasStay(String text, String tex) {
        assertEquals(tex, TexEscapes.of(text));
    }

    @Test
    void aFormulaIsWrittenAsItsAuthorsDid() {
        Paper paper = paper("2603.00001", "Q&A with a β-VAE at 10⁻³");
        paper.titleWritten = "Q&amp;A with a $\\beta$-VAE at $10^{-3}$";
        assertTrue(BibTex.of(paper).contains("title = {{Q\\&A with a $\\beta$-VAE at $10^{-3}$}}"), BibTex.of(paper));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Ashish Vaswani | Ashish Vaswani",
                "Martin Luther King Jr. | King, Jr., Martin Luther",
                "Robert Downey, Jr. | Downey, Jr., Robert",
                "Qwen Team | {Qwen Team}",
                "The ATLAS Collaboration | {The ATLAS Collaboration}",
                "Research and Development | {Research and Development}",
                "OpenAI, Inc. | {OpenAI, Inc.}",
                "others | {others}",
                "Fernando Sandoval | Fernando Sandoval",
                "李 明 | 李 明",
                "A} and {B | {A\\textbraceright{} and \\textbraceleft{}B}",
            })
    void aNameIsOneName(String author, String bibTex) {
        assertEquals(bibTex, BibTex.name(author));
    }

    @Test
    void noTwoPapersHaveOneKey() {
        String text = BibTex.of(List.of(
                paper("doi:10.1000/a_b", "A", "Jörg Łukasz"),
                paper("doi:10.1000/a-b", "B", "Jörg Łukasz"),
                paper("t-0123456789ab", "C"),
                paper("astro-ph/0601001", "D", "李 明"),
                paper("2603.00001", "E", "John Smith III")));
        var keys = Pattern.compile("(?m)^@misc\\{(.*),$")
                .matcher(text)
                .results()
                .map(m -> m.group(1))
                .toList();
        assertEquals(
                List.of(
                        "lukasz2017-10.1000-a-b",
                        "lukasz2017-10.1000-a-b-2",
                        "anon2017-t-0123456789ab",
                        "anon2017-astro-ph-0601001",
                        "smith2017-2603.00001"),
                keys);
    }

    @Test
    void everyRealPaperIsOneEntryWithItsBracesClosed() throws Exception {
        var papers = new ArrayList<Paper>();
        var files = new ArrayList<Path>(RealData.files("hf-daily-papers/days", ".json"));
        files.add(RealData.path("arxiv-metadata/papers.jsonl"));
        for (Path file : files) {
            PaperFiles.read(
                    file,
                    Optional.empty(),
                    Optional.of(LocalDate.EPOCH),
                    r -> papers.add(paper(r.id().value(), r.title(), r.authors().toArray(String[]::new))),
                    r -> {});
        }
        assertTrue(papers.size() > 13_000);
        for (Paper paper : papers) {
            String text = BibTex.of(paper);
            int depth = 0;
            int entries = 0;
            for (char c : text.strip().toCharArray()) {
                depth += c == '{' ? 1 : c == '}' ? -1 : 0;
                entries += depth == 0 && c == '}' ? 1 : 0;
                assertTrue(depth >= 0, text);
            }
            assertEquals(0, depth, text);
            assertEquals(1, entries, text);
        }
        var keys = new HashSet<String>();
        papers.forEach(paper -> keys.add(BibTex.key(paper)));
        assertEquals(papers.stream().map(p -> p.publicId).distinct().count(), keys.size());
    }
}
