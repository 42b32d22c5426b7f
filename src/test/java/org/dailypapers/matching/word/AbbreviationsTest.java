package org.dailypapers.matching.word;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AbbreviationsTest {

    @Test
    void eachFormKnowsTheOthersWhateverItsSpelling() {
        var abbreviations = Abbreviations.read("# ours\n\n rag = retrieval-augmented generation \n");
        for (String brief : List.of("rag", "RAG", "rags")) {
            assertEquals(List.of("retrieval-augmented generation"), abbreviations.others(brief));
        }
        for (String whole : List.of("retrieval augmented generation", "Retrieval-Augmented Generations")) {
            assertEquals(List.of("rag"), abbreviations.others(whole));
        }
        for (String neither : List.of("", "retrieval", "generation", "augmented generation", "ragged", "?")) {
            assertEquals(List.of(), abbreviations.others(neither));
        }
    }

    @Test
    void aShortFormMayHaveSeveralLongOnes() {
        var abbreviations = Abbreviations.read("vae = variational autoencoder\nvae = variational auto-encoder");
        assertEquals(List.of("variational autoencoder", "variational auto-encoder"), abbreviations.others("vae"));
        assertEquals(List.of("vae"), abbreviations.others("variational auto-encoder"));
    }

    @Test
    void thePluralOfTwoLettersIsAFormOfItsOwn() {
        var abbreviations = Abbreviations.read("kg = knowledge graph");
        assertEquals(List.of("kgs", "knowledge graph"), abbreviations.others("KG"));
        assertEquals(List.of("kg", "knowledge graph"), abbreviations.others("KGs"));
        assertEquals(List.of("kg", "kgs"), abbreviations.others("knowledge graphs"));
    }

    @ParameterizedTest
    @CsvSource({
        "llm, large language model",
        "vlm, vision-language model",
        "rag, retrieval-augmented generation",
        "rlhf, reinforcement learning from human feedback",
        "moe, mixture-of-experts",
        "nerf, neural radiance fields",
        "slam, simultaneous localization and mapping",
        "lora, low-rank adaptation",
        "gan, generative adversarial networks",
    })
    void theBuiltInOnesAreThoseOfTheField(String brief, String whole) {
        assertTrue(Abbreviations.builtIn().others(whole).contains(brief));
        assertEquals(1, Abbreviations.builtIn().others(brief).size());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "llm large language model, expected short = long form",
                "llm = large = model, expected short = long form",
                "large language model = llm, the short form is one word",
                "= large language model, the short form is one word",
                "llm =, the long form of llm is missing",
                "llm = ?!, the long form of llm is missing",
                "llm = LLMs, the long form of llm is missing",
            })
    void aFaultNamesItsLine(String line, String reason) {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> Abbreviations.read("# ours\nrl = reinforcement learning\n" + line))
                .getMessage();
        assertTrue(message.startsWith("line 3: ") && message.contains(reason), message);
    }
}
