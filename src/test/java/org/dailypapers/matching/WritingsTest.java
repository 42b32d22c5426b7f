package org.dailypapers.matching;

import static org.dailypapers.matching.Listed.paper;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.dailypapers.interest.KnownInterest;
import org.dailypapers.interest.Query;
import org.dailypapers.matching.index.IndexField;
import org.dailypapers.matching.index.MatchedWords;
import org.dailypapers.matching.index.Translation;
import org.dailypapers.matching.word.Abbreviations;
import org.dailypapers.matching.word.Analysis;
import org.dailypapers.matching.word.IrregularForms;
import org.dailypapers.paper.Topics;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One thing is one set however it is written, in letters as in search, and what met is shown. */
class WritingsTest {

    private static final Translation TRANSLATION = new Translation(Topics.read(""), Abbreviations.builtIn());

    private static boolean finds(String line, Listed listed) throws IOException {
        boolean letters = Listed.finds(line, listed);
        assertEquals(letters, searchFinds(line, listed), "letters and search differ on " + line);
        Query query = KnownInterest.of(line).query();
        if (letters && !(query instanceof Query.All) && !(query instanceof Query.Not)) {
            assertFalse(
                    MatchedWords.in(listed.paper(), query, TRANSLATION).isEmpty(),
                    () -> line + " shows no word of " + listed.paper().title);
        }
        return letters;
    }

    private static boolean searchFinds(String line, Listed listed) throws IOException {
        try (var directory = new ByteBuffersDirectory();
                var writer = new IndexWriter(directory, new IndexWriterConfig(IndexField.indexing()))) {
            writer.addDocument(IndexField.document(listed.paper()));
            writer.commit();
            try (var reader = DirectoryReader.open(directory)) {
                return new IndexSearcher(reader)
                                .count(TRANSLATION.ranked(KnownInterest.of(line).query()))
                        > 0;
            }
        }
    }

    /** Every line finds every title of its group. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "GPT-4, GPT4, GPT 4, gpt-4, \"GPT 4\", GPT–4, =GPT-4 | On GPT-4",
                "GPT-4, GPT4, GPT 4, gpt4* | GPT4 and More",
                "GPT-4, GPT4, GPT 4 | Is GPT 4 Good?",
                "GPT-4o, GPT4o, GPT 4o, GPT4* | GPT4o",
                "Qwen2.5, Qwen 2.5, Qwen-2.5, qwen2.5 coder | Qwen2.5-Coder",
                "Qwen2.5, Qwen 2.5, Qwen-2.5 | The Qwen 2.5 Report",
                "3D, 3-D, \"3 D\", 3 D, 3d | 3-D Shapes",
                "3D, 3-D, \"3 D\", 3 D, 3d | 3D Shapes",
                "COVID-19, COVID19, COVID 19 | After COVID–19",
                "Llama-3.1, Llama3.1, LLaMA 3.1 | LLaMA-3.1 8B",
                "ResNet-50, ResNet50, resnet 50 | A ResNet_50",
                "L2, L_2, L-2, $L_2$ | The $L_2$ Norm",
                "L2, L_2, L-2, $L_2$ | The L² Norm",
                "CO2, CO_2, CO$_2$, CO-2, CO₂ | CO$_2$ Capture",
                "H2O, H_2O, H₂O, H-2-O | H₂O Molecules",
                "ViT-B/16, ViT-B16, ViT-B-16 | ViT-B/16 Again",
                "4-bit, 4bit, 4 bit, llm 4 bit, 4 bit quantization | 4bit LLM Quantization",
                "k-NN, kNN, \"k NN\" | kNN Graphs",
                "k-NN, kNN, \"k NN\" | A k-NN Graph",
                "t-SNE, tSNE | t-SNE Plots",
                "x86, X86, x-86 | x86 Code",
                "C++, c++, Ｃ＋＋, \"C++\", title:C++, C++ code, (C++ OR Rust) code | C++ Code",
                "C++, \"C++ 20\", C++20 | Modern C++20",
                "C++, C | C/C++ Repair",
                "C#, c#, C♯, F# OR C# | Written in C#",
                ".NET, .net, \".NET\" | Bugs of .NET Programs",
                "A*, a*, \"A*\", title:A*, A* search, A＊ | A* Search",
                "A* | $A^*$ Search",
                "A* | A$^{*}$ Search",
                "A* | The A^\\ast Algorithm",
                "C*-algebra, \"C*-algebra\" | A C*-Algebra",
                "UNet, UNet++, u-net++ | UNet++ Segments",
                "k-means, k-means++ | k-means++ Seeding",
                "R&D, r&d, R & D, \"R & D\" | AI for R&D Work",
                "R&D, R & D | R & D Spending",
                "AT&T, at&t | The AT&T Network",
                "Q&A, Q & A | Q&A's Limits",
                "S&P 500, \"S&P 500\", S&P500, S&P-500 | The S&P 500 Index",
                "pass@1, pass@k | pass@1 and pass@k",
                "snake, case, snake_case, snake-case | On snake_case Names",
                "fine-tuning, finetuning, \"fine tuning\" | Fine–Tuning",
                "\"multi-agent fine-tuning\", \"multiagent fine tuning\", \"multi agent finetuning\" | Multi-Agent Finetuning",
                "\"multi-agent fine-tuning\", \"multiagent fine tuning\", \"multi agent finetuning\" | Multiagent Fine-Tuning",
                "Schrödinger, schrodinger | A Schrödinger Bridge",
                "β-VAE, beta-VAE, Beta VAE, \"beta vae\" | β-VAE and More",
                "β-VAE, beta-VAE | A Beta-VAE",
                "π0, pi0, π-0, pi 0 | π0: a Policy",
                "Lyman-α, Lyman-alpha, \"lyman alpha\" | Lyman-α Forests",
                "ΛCDM, LambdaCDM | Beyond ΛCDM",
            })
    void everyWritingFinds(String lines, String title) throws IOException {
        for (String line : lines.split(", ")) {
            assertTrue(finds(line, paper(title)), line + " and " + title);
            if (!line.contains("title:")) {
                assertTrue(finds(line, paper("Nothing here").saying("Before it. " + title)), line + " and " + title);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "GPT-4, GPT 4, GPT4 | GPT-3.5 and 4 Others",
                "GPT-4, GPT 4, GPT4 | On GPT-4o",
                "GPT-4, GPT 4, GPT4 | Section 4 GPT Tests",
                "GPT-4, GPT 4, GPT4 | GPT-3 and 4 Bits",
                "GPT-4o, GPT 4o | On GPT-4",
                "Qwen2.5, Qwen 2.5 | Qwen2 and 2.5 Others",
                "Qwen2, Qwen 2 | Qwen2.5",
                "3D, 3-D | In 3 Days",
                "3D, 3-D | D-3 Branes",
                "3D | 13D",
                "L2 | L1 and 2 More",
                "4 bit, 4-bit | 4 Models of a Bit",
                "C++, C#, A*, F# | Vitamin C and A and F",
                "C | C++ Code",
                "C | C# Code",
                "C++ | C# Code",
                "A | The A* Algorithm",
                "A* | Type A and *A* and **A** and A*B",
                "A* | An Agent",
                "UNet++ | UNet",
                ".NET | A Neural Net",
                ".NET | In the end.Net result",
                "net | .NET Programs",
                "R&D | R, D and R-D",
                "R&D, AT&T | At T and R or D",
                "k-NN | NN and k",
                "kNN | k-means of a NN",
            })
    void whatIsAnotherThingStaysApart(String lines, String title) throws IOException {
        for (String line : lines.split(", ")) {
            assertFalse(finds(line, paper(title)), line + " and " + title);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "=WHO | WHO Guidelines | Who Cares",
                "\"=WHO\" | The WHO's Guidelines | who",
                "title:=WHO | A WHO-Led Study | On Who",
                "=AIDS | AIDS Research | Teaching Aids",
                "=IT | IT Security | Is it Safe?",
                "\"=Attention Is All You Need\" | Attention Is All You Need, Again | Attention is all you need",
                "=“Attention Is” | Attention Is It | Attention is It",
                "\"=the WHO\" | On the WHO | On The WHO",
                "=models | Two models | A model",
                "=naïve | naïve Bayes | naive Bayes",
                "=GPT-4 | GPT-4 | gpt-4",
                "=LLM | An LLM | Large Language Models",
                "=C++ | C++ | c++",
                "agent -=IT | An Agent for it | An Agent for IT",
                "=IT OR =WHO | WHO | it, who",
                "agent =IT | IT Agents | It Is an Agent",
            })
    void theExactWritingFindsNoOther(String line, String written, String other) throws IOException {
        assertTrue(finds(line, paper(written)), written);
        assertFalse(finds(line, paper(other)), other);
        assertTrue(line.startsWith("title:") || finds(line, paper("Nothing").saying("First. " + written)), written);
    }

    @Test
    void theExactWritingOfAnOrganisationIsFoundInItsFieldAlone() throws IOException {
        assertTrue(finds("org:=WHO", paper("A").from("WHO Europe")));
        assertFalse(finds("org:=WHO", paper("A").from("Who Cares Ltd")));
        assertFalse(finds("=WHO", paper("A").from("WHO Europe")));
    }

    @TestFactory
    Stream<DynamicTest> anIrregularFormIsItsWordInBothDirections() {
        IrregularForms forms = IrregularForms.builtIn();
        return forms.forms().stream()
                .filter(form -> !forms.others(form).contains(form))
                .flatMap(form -> Stream.concat(
                                Stream.of(forms.base(form.toCharArray(), form.length())), forms.others(form).stream())
                        .filter(word -> !word.equals(form))
                        .map(word -> DynamicTest.dynamicTest(word + ", " + form, () -> {
                            assertTrue(finds(word, paper("On " + form + " alone")));
                            assertTrue(finds(form, paper("On " + word + " alone")));
                            assertTrue(finds("\"new " + word + "\"", paper("New " + form)));
                            assertTrue(finds(form + "*", paper("The " + form)), "a beginning");
                        })));
    }

    @ParameterizedTest
    @CsvSource({
        "matrix, matrices",
        "spectrum, spectra",
        "hypothesis, hypotheses",
        "analysis, analyses",
        "vertex, vertices",
        "criterion, criteria",
        "phenomenon, phenomena",
        "axis, axes",
        "basis, bases",
        "base, bases",
        "index, indices",
        "index, indexes",
        "genus, genera",
        "leaf, leaves",
        "mass, masses",
        "glitch, glitches",
        "brane, branes",
        "movie, movies",
        "arm, arms",
        "way, ways",
        "embed, embedding",
        "embed, embeddings",
        "embedding, embedded",
        "bispectrum, bispectra",
    })
    void aPluralIsItsSingular(String singular, String plural) throws IOException {
        assertTrue(finds(singular, paper("The " + plural)));
        assertTrue(finds(plural, paper("The " + singular)));
        assertTrue(finds("(\"" + plural + " of\")", paper("A " + singular + " of")));
    }

    @ParameterizedTest
    @CsvSource({
        "basis, base",
        "basis, based",
        "leaf, leave",
        "life, live",
        "axis, axe",
        "analysis, analyse",
        "analyze, analyses",
        "matrix, matter",
        "genus, genre",
        "index, indication",
        "aids, aid",
        "news, new",
        "physics, physic",
        "dynamics, dynamic",
        "maximum, maxim",
        "embed, bed",
        "nova, novel",
        "mass, masse",
    })
    void otherWordsStayApart(String word, String other) throws IOException {
        assertFalse(finds(word, paper("The " + other)));
        assertFalse(finds(other, paper("The " + word)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "diffusion -image",
                "diffusion –image",
                "diffusion —image",
                "diffusion −image",
                "diffusion －image",
                "diffusion ‐image",
                "diffusion NOT image",
                "diffusion ANDNOT image",
                "diffusion AND NOT image",
                "diffusion and not image",
                "diffusion but not image",
                "diffusion, not image",
                "diffusion !image",
                "diffusion NOT (image)",
                "(diffusion NOT image)",
                "diffusion \u200e-image",
                "diffusion NOT “image”",
                "diffusion -title:image",
                "diffusion NOT title：image",
                "diffusion -‘image’",
            })
    void whatIsLeftOutStaysOut(String line) throws IOException {
        assertTrue(finds(line, paper("Diffusion")));
        assertFalse(finds(line, paper("Diffusion of an Image")));
        assertFalse(finds(line, paper("An Image")));
    }

    /** Terms keep their order and their places, whatever signs a text holds. */
    @Test
    void anyJumbleOfSignsIsReadWithoutFault() throws IOException {
        String[] pieces = {
            "C", "++", "#", "*", ".", "net", "NET", "&", "D", "R", " ", "-", "_", "4", "2.5", "gpt", "$", "^", "{", "}",
            "\\ast", "₂", "é", "模型", "'", "s", "𝒜", "’"
        };
        long seed = 20261130;
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder();
            for (int n = random.nextInt(12); n >= 0; n--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            for (var analyzer : List.of(Analysis.PROSE, Analysis.NAMES, Analysis.EXACT)) {
                var ends = new ArrayList<>(List.of(0));
                for (Analysis.Term term : Analysis.terms(analyzer, text.toString())) {
                    assertTrue(term.start() >= ends.getLast(), "seed " + seed + ": " + text);
                    assertTrue(term.end() > term.start() && term.end() <= text.length(), "seed " + seed + ": " + text);
                    assertFalse(term.text().isEmpty(), "seed " + seed + ": " + text);
                    ends.add(term.end());
                }
            }
        }
    }
}
