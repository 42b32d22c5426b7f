package org.dailypapers.source.tex;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.dailypapers.paper.Titles;
import org.dailypapers.source.RealData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TexTextTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_TITLES_LEFT = 5;
    private static final int MOST_ABSTRACTS_LEFT = 220;

    private static String plain(String text) {
        return Titles.oneLine(TexText.plain(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "$\\alpha$, $10^{-3}$, 10\\% | α, 10⁻³, 10%",
                "$\\beta$-VAE | β-VAE",
                "$E(B-V)=0.153\\pm0.003$ | E(B-V)=0.153±0.003",
                "$N_{\\rm H}>10^{24}~{\\rm cm^{-2}}$ | N_H>10²⁴ cm⁻²",
                "$\\sim$400,000, $\\sim 6-7\\%$ | ~400,000, ~6-7%",
                "$h\\in H$, $p\\ge 2$, $\\geq5$ | h ∈ H, p ≥ 2, ≥5",
                "\\( p \\)-adic, \\(2^{1-\\frac{1}{p}}\\) | p-adic, 2^{1-1/p}",
                "$\\mathcal O(h^{\\frac 12})$ | O(h^{1/2})",
                "$\\frac{a+b}{2}$ of $\\frac{1}{2}x$ | (a+b)/2 of (1/2)x",
                "$\\sqrt{x}$, $\\sqrt{x+1}$, $\\sqrt[3]{x}$ | √x, √(x+1), ³√x",
                "$n\\log n$, $\\log(n)$, $\\log_2 n$ | n log n, log(n), log₂ n",
                "$x\\text{ if }y$, $T_{\\text{eff}}$ | x if y, T_eff",
                "$\\left\\{a\\right\\}$, $\\left[0,1\\right)$ | {a}, [0,1)",
                "$a \\pmod{p}$, $\\binom{n}{k}$ | a (mod p), (n choose k)",
                "$a\\not= b$, $a \\not\\in B$ | a ≠ b, a ∉ B",
                "$\\hat{y}$, $\\tilde O(n)$, $\\bar{\\psi}$ | ŷ, Õ(n), ψ̄",
                "$2^{nd}$ and $k^{\\text{th}}$ | 2nd and kth",
                "$7\\times10^{17}\\,$eV, 10^6 M$_\\odot$, 10^{-2} | 7×10¹⁷ eV, 10⁶ M⊙, 10⁻²",
                "M_{\\odot}, 80{\\deg}, {\\gamma}-ray, 69.9\\pm1.4 | M⊙, 80°, γ-ray, 69.9±1.4",
                "\\emph{very} \\textbf{bold \\textit{words}} | very bold words",
                "{\\it Gaia} and {\\tt code}, \\textsc{Gen}2 | Gaia and code, Gen2",
                "\\href{https://a.b/c}{the code} | the code (https://a.b/c)",
                "\\url{https://a.b/~c_d} | https://a.b/~c_d",
                "as in~\\cite{Smith20}, see \\eqref{eq:1} | as in [Smith20], see [eq:1]",
                "He \\textsc{ii}, \\ion{He}{ii}, R\\textsuperscript{2} | He ii, He II, R²",
                "Fig.~3, NGC~2808, z~3.6 | Fig. 3, NGC 2808, z~3.6",
                "\\{a, b\\}, a\\_b, \\$5, \\#1, R\\&D | {a, b}, a_b, $5, #1, R&D",
                "YBa$2$Cu$3$O$_{7-x}$ | YBa2Cu3O₇₋ₓ",
                "cost \\$5 and $x=5$ | cost $5 and x=5",
            })
    void simpleTexIsReadAsInPrint(String written, String plain) {
        assertEquals(plain, plain(written));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "$\\bcalNT$",
                "$\\begin{pmatrix} a & b \\end{pmatrix}$",
                "$X\\xrightarrow{f}Y$",
                "$\\underset{k}{\\sqcup} x$",
                "$x^{$",
                "between $5 million and 6 million$ of it",
                "\\begin{align} a &= b \\end{align}",
                "<think> and </think>",
                "``quoted'' Gan--Gross, a -- b, pages 3--5",
                "{7*7} ${jndi:x} {inject:y}",
            })
    void whatHasNoPlainFormStays(String text) {
        assertEquals(text, plain(text));
    }

    @Test
    void titlesOfRealPapersAreAsAReaderExpectsThem() {
        Map<String, String> written = new HashMap<>();
        records()
                .forEach(paper -> written.put(
                        paper.get("id").asText(),
                        Titles.oneLine(paper.get("title").asText())));
        assertAll(expectations()
                .map(line -> line.split(" \\| ", 2))
                .<Executable>map(line -> () -> assertEquals(line[1], plain(written.get(line[0])), line[0])));
    }

    @Test
    void hardlyAnyTexIsLeftInRealRecords() {
        List<JsonNode> records = records().toList();
        long titles = records.stream().filter(paper -> isTex(paper, "title")).count();
        long abstracts =
                records.stream().filter(paper -> isTex(paper, "abstract")).count();
        assertTrue(titles <= MOST_TITLES_LEFT, "TeX is left in " + titles + " titles");
        assertTrue(abstracts <= MOST_ABSTRACTS_LEFT, "TeX is left in " + abstracts + " abstracts");
    }

    private static boolean isTex(JsonNode paper, String field) {
        String text = plain(Titles.oneLine(paper.get(field).asText()));
        return text.indexOf('$') >= 0 || text.indexOf('\\') >= 0;
    }

    /** Pieces of TeX in any order: whatever comes out, it comes at once and can be read again. */
    @Test
    void anyHeapOfPiecesIsReadToItsEnd() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        var random = new Random(seed);
        List<String> pieces = List.of(
                "$",
                "$$",
                "\\",
                "{",
                "}",
                "^",
                "_",
                "\\frac",
                "\\sqrt",
                "[",
                "]",
                "\\(",
                "\\)",
                "\\begin{a}",
                "\\end{a}",
                "\\alpha",
                "\\text",
                " ",
                "~",
                "--",
                "``",
                "''",
                "a",
                "1",
                "10",
                "\\hat",
                "\\not",
                "\\left",
                "é",
                "😀",
                "\\emph",
                "{\\it",
                "\\\\",
                "\\operatorname*",
                "&",
                "%",
                "\\href",
                "\\'",
                "\\c",
                "\\i");
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder();
            for (int j = random.nextInt(30); j >= 0; j--) {
                text.append(pieces.get(random.nextInt(pieces.size())));
            }
            plain(text.toString());
        }
    }

    @Test
    void deepAndLongTextIsReadToo() {
        for (String piece :
                List.of("{\\it ", "\\emph{", "$x_{", "$", "\\begin{a} ", "``", "\\frac{", "a~", "{", "\\(", "--")) {
            plain(piece.repeat(4_000));
        }
    }

    private static Stream<JsonNode> records() {
        try {
            return Files.lines(RealData.path("arxiv-metadata/papers.jsonl")).map(line -> {
                try {
                    return JSON.readTree(line);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> expectations() {
        try (InputStream file = TexTextTest.class.getResourceAsStream("/tex-titles.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
