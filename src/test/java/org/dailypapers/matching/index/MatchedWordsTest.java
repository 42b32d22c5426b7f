package org.dailypapers.matching.index;

import static org.dailypapers.matching.Listed.paper;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.dailypapers.interest.KnownInterest;
import org.dailypapers.matching.Listed;
import org.dailypapers.matching.word.Abbreviations;
import org.dailypapers.paper.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatchedWordsTest {

    private static final Topics TOPICS = Topics.read("[agents] Agents\nrobot OR drone\nllm agent\n\"tool use\"");

    private static final Listed PAPER = paper("Agentic LLMs: Fine-Tuning Naïve Café Robots")
            .saying("We fine-tune large language models. Self-supervised “tools” help. 大规模语言模型。 The RLs of agents.")
            .keywords("Retrieval Augmented Generation", "tool-use")
            .by("Yann LeCun", "Jörg Müller")
            .from("Meta AI")
            .in("cs.CL", "q-bio.NC");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "robot | Robots",
                "ROBOTIC | Robots",
                "agent | Agentic",
                "cafe naive | Café; Naïve",
                "\"naive cafe\" | Naïve Café",
                "fine-tuning | Fine-Tuning",
                "\"fine tuning\" | Fine-Tuning",
                "title:robot | Robots",
                "title:tool | ",
                "tool | tool",
                "tool* | tool",
                "self-superv* | Self-supervised",
                "语言 | 语言",
                "author:muller | Müller",
                "author:\"yann lecun\" | Yann LeCun",
                "org:meta | Meta",
                "category:cs.cl | cs.CL",
                "category:q-bio* | q-bio.NC",
                "category:cs* category:q-bio* | cs.CL; q-bio.NC",
                // What stands there, whichever form was asked for.
                "llm | LLMs",
                "\"large language model\" | large language models",
                "rag | Retrieval Augmented Generation",
                "rl | RLs",
                "\"reinforcement learning\" | RLs",
                // Of alternatives those that hold; what is left out says nothing.
                "robot OR drone | Robots",
                "drone OR robot OR cafe | Robots; Café",
                "(robot drone) OR cafe | Café",
                "robot -drone | Robots",
                "robot OR (cafe -drone) | Robots; Café",
                // Each word once, four at most, in the order of the query.
                "robot robots ROBOT | Robots",
                "cafe robot naive fine tuning | Café; Robots; Naïve; Fine",
                "topic:agents | Robots; LLMs; Agentic; tool-use",
                "topic:agents -drone | Robots; LLMs; Agentic; tool-use",
                "topic:nowhere OR robot | Robots",
                "drone | ",
            })
    void theWordsAreShownAsTheyStandThere(String line, String words) {
        assertEquals(
                words == null ? List.of() : List.of(words.split("; ")),
                MatchedWords.in(
                        PAPER.paper(),
                        KnownInterest.of(line).query(),
                        new Translation(TOPICS, Abbreviations.builtIn())));
    }

    @Test
    void theReadersOwnFormComesBeforeItsOthers() {
        Listed both = paper("Large Language Models (LLMs)");
        var translation = new Translation(TOPICS, Abbreviations.builtIn());
        assertEquals(
                List.of("LLMs"),
                MatchedWords.in(both.paper(), KnownInterest.of("llm").query(), translation));
        assertEquals(
                List.of("Large Language Models"),
                MatchedWords.in(
                        both.paper(),
                        KnownInterest.of("\"large language model\"").query(),
                        translation));
    }
}
