package org.dailypapers.matching.index;

import static org.dailypapers.matching.Listed.finds;
import static org.dailypapers.matching.Listed.paper;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.dailypapers.matching.Listed;
import org.dailypapers.matching.Matcher;
import org.dailypapers.matching.Profile;
import org.dailypapers.matching.word.Abbreviations;
import org.dailypapers.paper.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditionIndexTest {

    private static final double EXACT = 1e-12;

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                // Stems and order.
                "diffusion model, Diffusion Models Everywhere",
                "diffusion models, A Model of Diffusion",
                "model diffusion, Diffusion Models Everywhere",
                "quantized, On Quantization",
                "encoder, Encoding Images",
                "robotics, A Robot",
                "agents, The Agent's View",
                "reward, Learning Rewards",
                "representations, A Representation",
                "ability, Abilities of Models",
                "games, A Game",
                "class, Many Classes",
                "biases, A Bias",
                // Phrases.
                "'\"diffusion model\"', Latent Diffusion Models",
                "'\"chain of thought\"', A Chain of Thoughts",
                "'\"chain of thought\"', Chain-of-Thought Prompting",
                // A hyphen is a space, in both directions.
                "fine-tuning, Fine-Tuning Agents",
                "fine-tuning, Fine Tuning Agents",
                "fine tuning, Fine-Tuning Agents",
                "'\"fine tuning\"', Fine-Tuning Agents",
                "'\"fine-tuning\"', Fine Tuning Agents",
                "state-of-the-art, A State of the Art",
                // Case, accents, forms of letters.
                "DIFFUSION, diffusion",
                "naive cafe, A Naïve Café",
                "naïve café, A Naive Cafe",
                "cafe, 'A Cafe\u0301'",
                "'cafe\u0301', A Café",
                "'ﬁne', Fine Print",
                "'ｆｉｎｅ', Fine Print",
                // Other scripts.
                "模型, 大规模语言模型综述",
                "语言模型, 大规模语言模型综述",
                "'語言 模型', '模型與語言'",
                "π0, A π0 Policy",
                "'α-helix', The α Helix",
                "οδός, 'ΟΔΟΣ'",
                "οδοσ, 'η οδός'",
                "модель, МОДЕЛЬ ЯЗЫКА",
                "言語, 言語モデル",
                "モデル, 言語モデル",
                "언어, 언어 모델",
                // Prefixes.
                "agent*, Agentic Workflows",
                "quantiz*, On Quantization",
                "self-superv*, Self-Supervised Learning",
                "self-superv*, Self Supervision",
                "模型*, 大规模语言模型综述",
                // Alternatives, exclusions, brackets.
                "video OR diffusion, Diffusion",
                "(video OR diffusion) model, Diffusion Models",
                "diffusion -video, Diffusion Models",
                "diffusion -(video image), Diffusion of Images",
                "diffusion -\"video image\", Image and Video Diffusion",
                "title:diffusion, Diffusion",
            })
    void aLineFinds(String line, String title) {
        assertTrue(finds(line, paper(title)));
        if (!line.startsWith("title:")) {
            assertTrue(finds(line, paper("Nothing here").saying("First words. " + title)));
            assertTrue(finds(line, paper("Nothing here").keywords("first", title)));
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "diffusion model, Diffusion Everywhere",
                "general, Image Generation",
                "new, The News",
                "dynamic, Fluid Dynamics",
                "learning, What Was Learned",
                "'\"diffusion model\"', A Model of Diffusion",
                "'\"diffusion model\"', Diffusion Language Models",
                "'\"chain of thought\"', A Chain and a Thought",
                "fine-tuning, Tuning Fine Instruments",
                "fine-tuning, Tuning and a Fine Print",
                "模型, 型模",
                "self-superv*, Supervised by the Self",
                "self-superv*, Supervised Learning",
                "型模*, 大规模语言模型综述",
                "agent*, Reagents",
                "video OR image, Diffusion",
                "diffusion -video, Diffusion of Videos",
                "diffusion -(video OR image), Diffusion of Images",
                "title:video, Diffusion",
                "topic:nowhere, Nowhere",
                "(unreadable, Unreadable",
            })
    void aLineDoesNotFind(String line, String title) {
        assertFalse(finds(line, paper(title)));
    }

    @Test
    void noPhraseSpansTwoKeywordsOrTwoAuthors() {
        Listed listed = paper("A").keywords("image diffusion", "model merging").by("Ada King", "Grace Hopper");
        assertFalse(finds("\"diffusion model\"", listed));
        assertFalse(finds("author:\"King Grace\"", listed));
        assertTrue(finds("diffusion merging", listed));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "author:lecun, true",
                "author:\"Yann LeCun\", true",
                "author:\"yann lecun\", true",
                "author:\"LeCun Yann\", true",
                "'author:\"LeCun, Yann\"', true",
                "author:\"Y. LeCun\", true",
                "author:\"Yoshua LeCun\", false",
                "author:\"J. Mueller\", true",
                "author:(yann lecun), true",
                "author:lec*, true",
                "author:Muller, true",
                "author:Müller, true",
                "author:mullers, false",
                "lecun, false",
                "title:lecun, false",
                "org:meta, true",
                "org:\"Meta AI\", true",
                "org:\"artificial intelligence\", false",
                "org:google, false",
                "meta, false",
            })
    void namesAreFoundAsBibliographiesCompareThemAndOnlyInTheirFields(String line, boolean found) {
        assertEquals(
                found, finds(line, paper("A").by("Yann LeCun", "Jörg Müller").from("Meta AI")));
    }

    @ParameterizedTest
    @CsvSource({
        "category:cs.CL, true",
        "category:CS.cl, true",
        "category:cs, false",
        "category:CL, false",
        "category:cs.C, false",
        "category:cs*, true",
        "category:cs.*, true",
        "category:cs.C*, true",
        "category:q-bio.NC, true",
        "category:q-bio*, true",
        "category:q-bio, false",
        "category:bio*, false",
        "category:(cs.CV OR cs.CL), true",
        "cs.CL, false",
        "category:math*, false",
    })
    void aCategoryIsOneWord(String line, boolean found) {
        assertEquals(found, finds(line, paper("A").in("cs.CL", "q-bio.NC")));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "llm, Large Language Models Think",
                "LLMs, A Large Language Model",
                "llm, Large-Language-Model Agents",
                "'\"llm\"', Large Language Models Think",
                "'\"large language model\"', LLMs Think",
                "'\"large language models\"', An LLM-Based Agent",
                "large-language-model, LLMs Think",
                "title:llm, Large Language Models Think",
                "title:\"large language model\", LLMs Think",
                "rl, Reinforcement Learning",
                "rl, Two RLs",
                "'\"reinforcement learning\"', RL at Scale",
                "'\"chain of thought\"', CoT Prompting",
                "cot, Chain-of-Thought Prompting",
                "nerf OR video, Neural Radiance Fields",
                "-vision rag, Retrieval Augmented Generation",
                "mllm, Multi-Modal Large Language Models",
                "mllm, Multimodal Large Language Models",
                "'\"multi-modal large language model\"', MLLMs",
            })
    void anAbbreviationFindsItsLongFormAndTheLongFormIt(String line, String title) {
        assertTrue(finds(line, paper(title)));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "llm, Language Models Are Large",
                "'\"language model\"', LLMs Think",
                "large language model, LLMs Think",
                "llm*, Large Language Models Think",
                "agent -llm, Large Language Model Agents",
            })
    void anAbbreviationDoesNotReachFurther(String line, String title) {
        assertFalse(finds(line, paper(title)));
    }

    @Test
    void namesAndCategoriesAreNoAbbreviations() {
        Listed listed = paper("A")
                .by("Mixture of Experts")
                .from("Reinforcement Learning Lab")
                .in("retrieval-augmented generation");
        assertFalse(finds("author:moe", listed));
        assertFalse(finds("org:rl", listed));
        assertFalse(finds("category:rag", listed));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "'\"multi-modal large language model\"', Multimodal Large Language Models",
                "finetuning, Fine-Tuning at Night",
                "fine-tuning, Finetuning at Night",
                "'\"fine tuned\"', A Finetuned Lute",
                "pre-training, Pretraining",
                "pretrained, A Pre-Trained Eye",
            })
    void aWordWrittenApartOrJoinedIsTheSame(String line, String title) {
        assertTrue(finds(line, paper(title)));
    }

    @Test
    void otherAbbreviationsTakeThePlaceOfTheBuiltInOnes() {
        var entries = Listed.entries(paper("Daily Digests"), paper("Large Language Models"));
        var index = new EditionIndex(
                entries, Topics.read(""), Abbreviations.read("dd = daily digest"), Ranking.byTrending());
        assertArrayEquals(new int[] {0}, index.find("dd").documents());
        assertArrayEquals(new int[0], index.find("llm").documents());
    }

    @Test
    void theRelevanceIsThatOfItsFormula() {
        EditionIndex index = Listed.index(
                paper("Diffusion"),
                paper("B").keywords("diffusion"),
                paper("C").saying("of diffusion"),
                paper("Image Diffusion").saying("diffusion"),
                paper("E").by("Ada King").from("Meta").in("q-bio.NC"),
                paper("F"),
                paper("G"),
                paper("H"));
        double four = 0.2 + 0.8 * Math.log1p(8.0 / 4) / Math.log1p(8);
        double inTitle = 4.0 / 3 * 3 / 4;
        double inKeywords = 4.0 / 3 * 2 / 3;
        double inAbstract = 4.0 / 3 / 2;
        double inTitleAndAbstract = 4.0 / 3 * 4 / 5;
        assertArrayEquals(new int[] {0, 1, 2, 3}, index.find("diffusion").documents());
        assertArrayEquals(
                new double[] {inTitle * four, inKeywords * four, inAbstract * four, inTitleAndAbstract * four},
                index.find("diffusion").relevance(),
                EXACT);
        assertArrayEquals(new double[] {1.15}, index.find("\"image diffusion\"").relevance(), EXACT);
        assertArrayEquals(
                new double[] {(1 + inTitleAndAbstract * four) / 2},
                index.find("image diffusion").relevance(),
                EXACT);
        assertArrayEquals(new double[] {1}, index.find("image -\"B\"").relevance(), EXACT);
        assertArrayEquals(new double[] {1}, index.find("image OR title:nothing").relevance(), EXACT);
        assertArrayEquals(new double[] {1}, index.find("author:king").relevance(), EXACT);
        assertArrayEquals(new double[] {1.15}, index.find("author:\"Ada King\"").relevance(), EXACT);
        assertArrayEquals(new double[] {inKeywords}, index.find("org:meta").relevance(), EXACT);
        assertArrayEquals(
                new double[] {inAbstract}, index.find("category:q-bio.NC").relevance(), EXACT);
        assertArrayEquals(
                new double[] {inAbstract}, index.find("category:q-bio*").relevance(), EXACT);
        assertArrayEquals(new double[] {1.15}, index.find("image-diff*").relevance(), EXACT);
    }

    @Test
    void theMoreOftenAWordStandsThereTheMoreItCounts() {
        assertEquals(
                List.of(2, 1, 0),
                ordered(
                        "moth",
                        paper("A").saying("a moth"),
                        paper("B").saying("a moth and a moth"),
                        paper("C").saying("moths, moths, moths")));
    }

    @Test
    void aFindInTheTitleCountsMoreThanOneInTheAbstract() {
        assertEquals(List.of(1, 0), ordered("diffusion", paper("A").saying("diffusion"), paper("Diffusion")));
    }

    @Test
    void aRareWordCountsMoreThanACommonOne() {
        assertEquals(
                List.of(3, 0, 1, 2),
                ordered("common OR rare", paper("Common"), paper("Common"), paper("Common"), paper("Rare")));
    }

    @Test
    void aTopicFindsWhatAnyOfItsLinesFinds() {
        var topics = Topics.read("[agents] Agents\nagent -game\nllm tool\n(unreadable\n[video] Video\ntitle:video");
        var entries = Listed.entries(
                paper("Agents"), paper("Game Agents"), paper("Tools for Large Language Models"), paper("Video"));
        entries.forEach(e -> e.paper.summary = "");
        var index = new EditionIndex(entries, topics, Abbreviations.builtIn(), Ranking.byTrending());
        assertEquals("[0]", Arrays.toString(index.find("topic:agents -llm").documents()));
        assertEquals("[3]", Arrays.toString(index.find("topic:video").documents()));
        assertEquals(
                "[0, 3]",
                Arrays.toString(index.find("title:agent -game OR topic:video").documents()));
        assertEquals(
                "[1, 2, 3]",
                Arrays.toString(
                        index.find("topic:video OR title:(tool OR game)").documents()));
    }

    @Test
    void withdrawnAndStalePapersAreLeftOut() {
        Listed revived = paper("Agent six").after(13);
        EditionIndex index = Listed.index(
                paper("Agent one"),
                paper("Agent two").withdrawn(),
                paper("Agent three").after(13),
                paper("Agent four").after(14),
                paper("Agent five").after(40).rising(9),
                revived,
                revived.another().after(20).score(2.0));
        assertEquals(
                List.of(1L, 3L, 6L),
                index.candidates().stream().map(c -> c.paper().id).toList());
        assertEquals(3, index.size());
        assertEquals(1, index.candidates().get(2).trending(), "the stale entry's score does not count");
    }

    @Test
    void thePapersOfSeveralEntriesStandOnceWithTheirBest() {
        Listed first = paper("Agent").score(1.2).rank(7);
        EditionIndex index = Listed.index(
                first,
                first.another().after(3).score(1.5).rank(9).rising(12),
                first.another().after(1));
        Candidate candidate = index.candidates().getFirst();
        assertEquals(1, index.size());
        assertEquals(1.5, candidate.trending());
        assertEquals(7, candidate.rank());
        assertEquals(12, candidate.gained());
    }

    @Test
    void anEditionWithoutPapersFindsNothing() {
        EditionIndex index = Listed.index();
        assertEquals(0, index.size());
        for (String line : List.of("agent", "agent -video", "\"a b\"", "ag*", "self-ag*", "category:cs*", "topic:x")) {
            assertEquals(0, index.find(line).documents().length, line);
        }
    }

    private static List<Integer> ordered(String line, Listed... listed) {
        EditionIndex index = Listed.index(listed);
        return Matcher.found(index, line).isEmpty()
                ? List.of()
                : Matcher.match(
                                index,
                                new Profile(List.of(org.dailypapers.interest.KnownInterest.of(line)), 50, false, 0),
                                id -> false)
                        .stream()
                        .map(m -> (int) (m.candidate().paper().id - 1))
                        .toList();
    }

    @Test
    void whatAnybodyMayAskDoesNotFillTheMemory() {
        EditionIndex index = Listed.index(paper("Agents")).forAnybody();
        for (int i = 0; i < 600_000; i++) {
            index.find("word" + i);
        }
        assertTrue(index.kept() <= 2 * 250_001, () -> index.kept() + " answers are kept");
        assertEquals(1, index.find("agent").documents().length);
    }
}
