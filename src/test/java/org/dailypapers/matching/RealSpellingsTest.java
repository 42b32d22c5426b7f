package org.dailypapers.matching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.dailypapers.matching.index.Candidate;
import org.dailypapers.matching.index.EditionIndex;
import org.dailypapers.matching.word.IrregularForms;
import org.dailypapers.source.RealData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One thing is one set of the real papers, however it is written. */
class RealSpellingsTest {

    private static EditionIndex huggingFace;
    private static EditionIndex arxiv;

    private static synchronized EditionIndex huggingFace() throws IOException {
        if (huggingFace == null) {
            var papers = new ArrayList<Listed>();
            for (Path day : RealData.files("hf-daily-papers/days", ".json")) {
                new ObjectMapper()
                        .readTree(day.toFile())
                        .forEach(item -> papers.add(listed(item.get("paper"), "summary")));
            }
            huggingFace = Listed.index(papers.toArray(Listed[]::new));
        }
        return huggingFace;
    }

    private static synchronized EditionIndex arxiv() throws IOException {
        if (arxiv == null) {
            var papers = new ArrayList<Listed>();
            for (String line : Files.readAllLines(RealData.path("arxiv-metadata/papers.jsonl"))) {
                papers.add(listed(new ObjectMapper().readTree(line), "abstract"));
            }
            arxiv = Listed.index(papers.toArray(Listed[]::new));
        }
        return arxiv;
    }

    private static Listed listed(JsonNode paper, String summary) {
        return Listed.paper(paper.path("title").asText())
                .saying(paper.path(summary).asText());
    }

    private static Set<Integer> found(EditionIndex index, String line) {
        return Arrays.stream(index.find(line).documents()).boxed().collect(Collectors.toCollection(TreeSet::new));
    }

    private static void assertOneSet(EditionIndex index, String lines) {
        List<String> spellings = List.of(lines.split(" \\| "));
        Set<Integer> first = found(index, spellings.getFirst());
        assertTrue(first.size() > 0, () -> spellings.getFirst() + " finds nothing");
        for (String spelling : spellings) {
            assertEquals(first, found(index, spelling), spelling + " and " + spellings.getFirst());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GPT-4 | GPT4 | GPT 4 | gpt-4 | \"GPT 4\" | \"gpt4\" | GPT–4 | GPT‑4",
                "GPT-4o | GPT4o | GPT 4o",
                "Qwen2.5 | Qwen 2.5 | Qwen-2.5 | \"qwen 2.5\"",
                "3D | 3-D | \"3 D\" | 3 D",
                "Llama-3.1 | Llama3.1 | Llama 3.1 | LLaMA-3.1",
                "title:3D | title:3-D | title:\"3 D\"",
                "L2 | L_2 | L-2",
                "4-bit | 4bit | 4 bit",
                "multi-agent | multiagent | \"multi agent\"",
                "\"multi-agent fine-tuning\" OR agent | \"multiagent finetuning\" OR agent",
                "robot -soft | robot –soft | robot —soft | robot −soft | robot NOT soft | robot ANDNOT soft | robot AND NOT soft",
                "diffusion -image | diffusion NOT image | diffusion AND NOT image | diffusion and not image",
                "(speech OR audio) generation | (speech or audio) generation | （speech OR audio） generation | (speech|audio) generation",
                "title:agent | title：agent | ｔｉｔｌｅ：agent",
                "\"language model\" | “language model” | „language model“ | «language model» | »language model« | ”language model”"
                        + " | 「language model」 | 『language model』 | ‹language model› | ‘language model’ | ＂language model＂ | 'language model'",
                "speech audio | speech, audio | speech AND audio | speech and audio | speech & audio | speech，audio | speech、audio | speech; audio",
                "agent* | agent＊ | Agent*",
            })
    void oneThingIsOneSet(String lines) throws IOException {
        assertOneSet(huggingFace(), lines);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "k-NN | kNN | \"k NN\" | knn",
                "ResNet-50 | ResNet50 | resnet 50",
                "COVID-19 | COVID19 | covid 19",
                "H2O | H_2O | H-2-O",
                "C++ | c++ | Ｃ＋＋ | \"C++\"",
                "A* | a* | \"A*\"",
                "R&D | r&d | R & D | \"R & D\"",
            })
    void oneThingIsOneSetOfArxivToo(String lines) throws IOException {
        assertOneSet(arxiv(), lines);
    }

    @Test
    void whatSignsPartIsFoundApart() throws IOException {
        Set<Integer> plain = found(arxiv(), "C");
        for (String signed : List.of("C++", "C#", "A*", "R&D")) {
            Set<Integer> found = found(arxiv(), signed);
            assertFalse(found.isEmpty(), signed);
            assertTrue(found.size() < plain.size() / 10, signed);
        }
        assertEquals(Set.of(), common(found(arxiv(), "C++ -C"), plain));
    }

    private static Set<Integer> common(Set<Integer> some, Set<Integer> others) {
        var both = new TreeSet<>(some);
        both.retainAll(others);
        return both;
    }

    @Test
    void anIrregularFormFindsItsWordAndTheOtherWayRound() throws IOException {
        IrregularForms forms = IrregularForms.builtIn();
        int found = 0;
        for (String form : forms.forms()) {
            String word = forms.base(form.toCharArray(), form.length());
            if (!word.equals(form)) {
                Set<Integer> papers = found(arxiv(), word);
                assertEquals(papers, found(arxiv(), form), form);
                found += papers.isEmpty() ? 0 : 1;
            }
        }
        assertTrue(found > 100, "few of them stand in real papers: " + found);
    }

    @Test
    void papersThatHoldThePluralAloneAreFoundByTheSingular() throws IOException {
        Pattern plural = Pattern.compile("\\bspectra\\b");
        Pattern singular = Pattern.compile("\\bspectrum");
        Set<Integer> found = found(arxiv(), "spectrum");
        long alone = 0;
        List<Candidate> papers = arxiv().candidates();
        for (int document = 0; document < papers.size(); document++) {
            String text = (papers.get(document).paper().title + "\n"
                            + papers.get(document).paper().summary)
                    .toLowerCase(Locale.ROOT);
            if (plural.matcher(text).find() && !singular.matcher(text).find()) {
                alone++;
                assertTrue(found.contains(document), text);
            }
        }
        assertTrue(alone > 200, "the real papers with the plural alone: " + alone);
    }

    @Test
    void theExactWritingIsFewerPapers() throws IOException {
        for (String word : List.of("IT", "WHO", "LLM", "BERT")) {
            Set<Integer> exact = found(huggingFace(), "=" + word);
            Set<Integer> any = found(huggingFace(), word);
            assertEquals(exact, found(huggingFace(), "\"=" + word + "\""));
            assertTrue(any.containsAll(exact), word);
            assertNotEquals(any, exact, word);
        }
    }
}
