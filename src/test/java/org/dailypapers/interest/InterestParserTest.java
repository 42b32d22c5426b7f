package org.dailypapers.interest;

import static org.dailypapers.interest.Query.Field.ANYWHERE;
import static org.dailypapers.interest.Query.Field.AUTHOR;
import static org.dailypapers.interest.Query.Field.CATEGORY;
import static org.dailypapers.interest.Query.Field.ORGANIZATION;
import static org.dailypapers.interest.Query.Field.TITLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class InterestParserTest {

    private static final long SLOWEST_MILLIS = 50;

    static Stream<Arguments> meanings() {
        return Stream.of(
                arguments("diffusion", word("diffusion")),
                arguments("diffusion model", all(word("diffusion"), word("model"))),
                arguments("  diffusion \t model ", all(word("diffusion"), word("model"))),
                arguments("diffusion\u00a0model", all(word("diffusion"), word("model"))),
                arguments("diffusion\u3000model", all(word("diffusion"), word("model"))),
                arguments("fine-tuning", word("fine-tuning")),
                arguments("c++", word("c++")),
                arguments("\"A*\"", phrase("A*")),
                arguments("a1 OR\"b\"", any(word("a1"), phrase("b"))),
                arguments("大规模 语言", all(word("大规模"), word("语言"))),
                arguments("π0", word("π0")),
                arguments("\"chain of thought\"", phrase("chain of thought")),
                arguments("\" chain of thought \"", phrase("chain of thought")),
                arguments("“chain of thought”", phrase("chain of thought")),
                arguments("„chain of thought“", phrase("chain of thought")),
                arguments("\"a (b) OR ^c: -d\"", phrase("a (b) OR ^c: -d")),
                arguments("\"chain\"thought", all(phrase("chain"), word("thought"))),
                arguments("agent -game", all(word("agent"), not(word("game")))),
                arguments("-game agent", all(not(word("game")), word("agent"))),
                arguments("agent -\"video game\"", all(word("agent"), not(phrase("video game")))),
                arguments("agent -(game OR play)", all(word("agent"), not(any(word("game"), word("play"))))),
                arguments("agent -title:game", all(word("agent"), not(new Query.Word(TITLE, "game")))),
                arguments("agent --game", all(word("agent"), not(word("-game")))),
                arguments("llm OR agent", any(word("llm"), word("agent"))),
                arguments("a1 b OR c d", any(all(word("a1"), word("b")), all(word("c"), word("d")))),
                arguments("a1 OR b OR c", any(word("a1"), word("b"), word("c"))),
                arguments("a1 OR(b c)", any(word("a1"), all(word("b"), word("c")))),
                arguments("a1 or b", any(word("a1"), word("b"))),
                arguments("a1 Or b", any(word("a1"), word("b"))),
                arguments("a1 | b||c", any(word("a1"), word("b"), word("c"))),
                arguments("a1｜b", any(word("a1"), word("b"))),
                arguments("a1 and/or b", any(word("a1"), word("b"))),
                arguments("(speech or audio) c", all(any(word("speech"), word("audio")), word("c"))),
                arguments("（speech or audio） c", all(any(word("speech"), word("audio")), word("c"))),
                arguments("or a1", all(word("or"), word("a1"))),
                arguments("a1 or", all(word("a1"), word("or"))),
                arguments("a1 AND b", all(word("a1"), word("b"))),
                arguments("a1 and b And c", all(word("a1"), word("b"), word("c"))),
                arguments("a1 & b && c", all(word("a1"), word("b"), word("c"))),
                arguments("and a1", all(word("and"), word("a1"))),
                arguments("a1 and", all(word("a1"), word("and"))),
                arguments("agent NOT game", all(word("agent"), not(word("game")))),
                arguments("agent ANDNOT game", all(word("agent"), not(word("game")))),
                arguments("agent AND NOT game", all(word("agent"), not(word("game")))),
                arguments("agent AND -game", all(word("agent"), not(word("game")))),
                arguments("NOT game agent", all(not(word("game")), word("agent"))),
                arguments("agent NOT \"video game\"", all(word("agent"), not(phrase("video game")))),
                arguments("agent NOT(game OR play)", all(word("agent"), not(any(word("game"), word("play"))))),
                arguments("agent NOT title:game", all(word("agent"), not(new Query.Word(TITLE, "game")))),
                arguments("title:(a1 NOT b)", all(new Query.Word(TITLE, "a1"), not(new Query.Word(TITLE, "b")))),
                arguments("agent and not game", all(word("agent"), not(word("game")))),
                arguments("agent AND not game", all(word("agent"), not(word("game")))),
                arguments("agent but not game", all(word("agent"), not(word("game")))),
                arguments("agent, not game", all(word("agent"), not(word("game")))),
                arguments("agent !game", all(word("agent"), not(word("game")))),
                arguments("not safe for work", all(word("not"), word("safe"), word("for"), word("work"))),
                arguments(
                        "attention is not all you need",
                        all(word("attention"), word("is"), word("not"), word("all"), word("you"), word("need"))),
                arguments("\"NOT AND OR\"", phrase("NOT AND OR")),
                arguments("NOTE ANDROID", all(word("NOTE"), word("ANDROID"))),
                arguments("agent –game", all(word("agent"), not(word("game")))),
                arguments("agent —game", all(word("agent"), not(word("game")))),
                arguments("agent −game", all(word("agent"), not(word("game")))),
                arguments("agent －game", all(word("agent"), not(word("game")))),
                arguments("agent ‑“video game”", all(word("agent"), not(phrase("video game")))),
                arguments("agent \u200e-game", all(word("agent"), not(word("game")))),
                arguments("agent\u200b-game", all(word("agent"), not(word("game")))),
                arguments("fine–tuning", word("fine-tuning")),
                arguments("fine‐tuning", word("fine-tuning")),
                arguments("«chain of thought»", phrase("chain of thought")),
                arguments("»chain of thought«", phrase("chain of thought")),
                arguments("”chain of thought”", phrase("chain of thought")),
                arguments("‹chain of thought›", phrase("chain of thought")),
                arguments("「chain of thought」", phrase("chain of thought")),
                arguments("《chain of thought》", phrase("chain of thought")),
                arguments("＂chain of thought＂", phrase("chain of thought")),
                arguments("‘chain of thought’", phrase("chain of thought")),
                arguments("‚chain of thought‘", phrase("chain of thought")),
                arguments("'chain of thought'", phrase("chain of thought")),
                arguments("``chain of thought''", phrase("chain of thought")),
                arguments("“the 'big' – model”", phrase("the 'big' – model")),
                arguments("«a \"b\" c» d1", all(phrase("a \"b\" c"), word("d1"))),
                arguments("\"chain of thought”", phrase("chain of thought")),
                arguments("a1 -'b c'", all(word("a1"), not(phrase("b c")))),
                arguments("title:‘b c’", new Query.Phrase(TITLE, "b c")),
                arguments("Alzheimer's agents' l’homme", all(word("Alzheimer's"), word("agents'"), word("l'homme"))),
                arguments("'tis", word("'tis")),
                arguments("title：agent", new Query.Word(TITLE, "agent")),
                arguments(
                        "ｔｉｔｌｅ：（image　ＯＲ　video）", any(new Query.Word(TITLE, "image"), new Query.Word(TITLE, "video"))),
                arguments("agent＊", new Query.Prefix(ANYWHERE, "agent")),
                arguments("speech, audio", all(word("speech"), word("audio"))),
                arguments("speech,audio;video", all(word("speech"), word("audio"), word("video"))),
                arguments("speech，audio、video", all(word("speech"), word("audio"), word("video"))),
                arguments(", speech , audio,", all(word("speech"), word("audio"))),
                arguments("10,000 steps", all(word("10,000"), word("steps"))),
                arguments("\"speech, audio\"", phrase("speech, audio")),
                arguments("speech, OR audio", any(word("speech"), word("audio"))),
                arguments("topic:rag, agent", all(new Query.InTopic("rag"), word("agent"))),
                arguments("C# C♯ F#", all(word("C#"), word("C#"), word("F#"))),
                arguments("A* search", all(word("A*"), word("search"))),
                arguments("a*", word("a*")),
                arguments("title:A*", new Query.Word(TITLE, "A*")),
                arguments("C*-algebra", word("C*-algebra")),
                arguments(".NET", word(".NET")),
                arguments("R & D", word("R & D")),
                arguments("R & D agent", all(word("R & D"), word("agent"))),
                arguments("GPT 4", word("GPT 4")),
                arguments("title:GPT 4", new Query.Word(TITLE, "GPT 4")),
                arguments("agent -GPT 4", all(word("agent"), not(word("GPT 4")))),
                arguments("agent GPT 4o", all(word("agent"), word("GPT 4o"))),
                arguments("3 D", word("3 D")),
                arguments("llm 4 bit", any(all(word("llm 4"), word("bit")), all(word("llm"), word("4 bit")))),
                arguments("survey 2024", all(word("survey"), word("2024"))),
                arguments("diffusion 3D", all(word("diffusion"), word("3D"))),
                arguments("GPT AND 4", all(word("GPT"), word("4"))),
                arguments("GPT, 4", all(word("GPT"), word("4"))),
                arguments("=WHO", exact("WHO")),
                arguments("\"=WHO\"", exact("WHO")),
                arguments("\"= All You Need\"", exact("All You Need")),
                arguments("=\"All You Need\"", exact("All You Need")),
                arguments("＝WHO", exact("WHO")),
                arguments("agent -=IT", all(word("agent"), not(exact("IT")))),
                arguments("title:=WHO", new Query.Exact(TITLE, "WHO")),
                arguments("a=b", word("a=b")),
                arguments("ORB slam", all(word("ORB"), word("slam"))),
                arguments("\"OR\"", phrase("OR")),
                arguments("(a1 OR b) c", all(any(word("a1"), word("b")), word("c"))),
                arguments("((a1))", word("a1")),
                arguments("a1(b)", all(word("a1"), word("b"))),
                arguments("title:diffusion", new Query.Word(TITLE, "diffusion")),
                arguments("TITLE:diffusion", new Query.Word(TITLE, "diffusion")),
                arguments("title:\"diffusion model\"", new Query.Phrase(TITLE, "diffusion model")),
                arguments(
                        "title:(image OR \"video model\") llm",
                        all(any(new Query.Word(TITLE, "image"), new Query.Phrase(TITLE, "video model")), word("llm"))),
                arguments("title:(a1 title:b)", all(new Query.Word(TITLE, "a1"), new Query.Word(TITLE, "b"))),
                arguments("author:\"Yann LeCun\"", new Query.Phrase(AUTHOR, "Yann LeCun")),
                arguments("author:lecun", new Query.Word(AUTHOR, "lecun")),
                arguments("org:\"Hugging Face\"", new Query.Phrase(ORGANIZATION, "Hugging Face")),
                arguments("category:cs.CL", new Query.Word(CATEGORY, "cs.CL")),
                arguments("category:q-bio*", new Query.Prefix(CATEGORY, "q-bio")),
                arguments("category:cs.*", new Query.Prefix(CATEGORY, "cs.")),
                arguments("agent*", new Query.Prefix(ANYWHERE, "agent")),
                arguments("title:self-superv*", new Query.Prefix(TITLE, "self-superv")),
                arguments("模型*", new Query.Prefix(ANYWHERE, "模型")),
                arguments("like:2511.12345", new Query.Like("2511.12345", false)),
                arguments("less:arXiv:2511.12345v2", new Query.Like("arXiv:2511.12345v2", true)),
                arguments("like:\"doi:10.1016/0370(90)90-3\"", new Query.Like("doi:10.1016/0370(90)90-3", false)),
                arguments("like：2511.12345 -survey", all(new Query.Like("2511.12345", false), not(word("survey")))),
                arguments("topic:language-models", new Query.InTopic("language-models")),
                arguments(
                        "Topic:RAG -title:survey", all(new Query.InTopic("rag"), not(new Query.Word(TITLE, "survey")))),
                arguments("10:30", word("10:30")),
                arguments("a1 survey:", all(word("a1"), word("survey:"))),
                arguments("title:10:30", new Query.Word(TITLE, "10:30")),
                arguments("\u202eagent", word("\u202eagent")),
                arguments("\u200fשלום", word("\u200fשלום")));
    }

    @ParameterizedTest
    @MethodSource("meanings")
    void aLineHasItsMeaning(String line, Query query) {
        assertEquals(new Interest(line.strip(), query, false, 1), InterestParser.parse(line));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "speech, audio # each comma as “and”",
                "speech，audio # each comma as “and”",
                "speech; audio # each comma as “and”",
                "attention is not all # “not” too",
            })
    void howALineIsReadThatPeopleMeanDifferentlyIsSaid(String line, String note) {
        assertEquals(1, InterestParser.notes(line).size());
        assertTrue(InterestParser.notes(line).getFirst().english().contains(note));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"speech audio", "speech,", ", speech", "10,000 steps", "\"a1, b\"", "author:\"Li, Wei\"", "(a1"})
    void ofAnOrdinaryLineThereIsNothingToSay(String line) {
        assertEquals(List.of(), InterestParser.notes(line));
    }

    @ParameterizedTest
    @CsvSource({
        "!agent, true, 1",
        "！agent, true, 1",
        "agent＾２, false, 2",
        "! agent, true, 1",
        "agent^2, false, 2",
        "agent ^2, false, 2",
        "agent ^ 2, false, 2",
        "agent^0.1, false, 0.1",
        "agent^10, false, 10",
        "agent^2.125, false, 2.125",
        "!agent^3, true, 3",
    })
    void aMarkMutesAndAWeightWeighs(String line, boolean muted, double weight) {
        assertEquals(new Interest(line, word("agent"), muted, weight), InterestParser.parse(line));
    }

    static Stream<Arguments> errors() {
        return Stream.of(
                arguments("", 0, "at least one word"),
                arguments(" \t ", 0, "at least one word"),
                arguments("!", 1, "missing"),
                arguments("agent \"video game", 6, "quotation mark is not closed"),
                arguments("agent “video game", 6, "quotation mark is not closed"),
                arguments("\"\"", 0, "no word between"),
                arguments("\" -- \"", 0, "no word between"),
                arguments("agent (video game", 6, "bracket is not closed"),
                arguments("(video ^2)", 0, "bracket is not closed"),
                arguments("agent) video", 5, "no bracket open"),
                arguments(")", 0, "missing"),
                arguments("()", 1, "missing"),
                arguments("-agent", 0, "what to find"),
                arguments("-agent -video", 0, "what to find"),
                arguments("agent OR -video", 0, "what to find"),
                arguments("!-agent", 0, "what to find"),
                arguments("-(-agent)", 0, "what to find"),
                arguments("titel:agent", 0, "no field \"titel:\"; did you mean title:?"),
                arguments("big auther:lecun", 4, "did you mean author:?"),
                arguments("topics:rag", 0, "did you mean topic:?"),
                arguments("-og:meta agent", 0, "did you mean org:?"),
                arguments(
                        "http://example.org", 0, "there are title:, author:, org:, category:, topic:, like: and less:"),
                arguments("like:agent", 5, "a paper's id"),
                arguments("like:", 5, "a paper's id"),
                arguments("like:\"2511", 5, "quotation mark is not closed"),
                arguments("title:(like:2511.12345)", 7, "inside a field"),
                arguments("agent less:2511.12345", 6, "stands alone"),
                arguments("!less:2511.12345", 1, "stands alone"),
                arguments("title: agent", 6, "right after the colon"),
                arguments("title:", 6, "missing"),
                arguments("title:)", 6, "missing"),
                arguments("topic:", 6, "name of a topic is missing"),
                arguments("topic:\"rag\"", 6, "name of a topic is missing"),
                arguments("title:(author:x)", 14, "inside another one"),
                arguments("title:(topic:rag)", 7, "inside a field"),
                arguments("agent -", 6, "minus sign needs"),
                arguments("agent - video", 6, "minus sign needs"),
                arguments("agent -\u00a0video", 6, "minus sign needs"),
                arguments("(-)", 2, "missing"),
                arguments("agent – video", 6, "minus sign needs"),
                arguments("agent ! video", 6, "exclamation mark"),
                arguments("agent «video game", 6, "quotation mark is not closed"),
                arguments("agent （video", 6, "bracket is not closed"),
                arguments("agent NOT", 9, "NOT needs the word"),
                arguments("agent AND", 9, "missing"),
                arguments("agent AND OR video", 9, "missing"),
                arguments("AND agent", 0, "missing"),
                arguments("NOT agent", 0, "what to find"),
                arguments("agent OR NOT video", 0, "what to find"),
                arguments("agent |", 7, "missing"),
                arguments(",", 0, "missing"),
                arguments("=", 0, "equals sign needs"),
                arguments("= WHO", 0, "equals sign needs"),
                arguments("=agent*", 0, "no beginnings"),
                arguments("author:=Li", 7, "Names and categories"),
                arguments("titel：agent", 0, "did you mean title:?"),
                arguments("OR agent", 0, "missing"),
                arguments("agent OR", 8, "missing"),
                arguments("agent OR OR video", 8, "missing"),
                arguments("(agent OR) video", 9, "missing"),
                arguments("^2", 0, "missing"),
                arguments("agent^", 6, "from 0.1 to 10"),
                arguments("agent^0", 6, "from 0.1 to 10"),
                arguments("agent^0.09", 6, "from 0.1 to 10"),
                arguments("agent^10.1", 6, "from 0.1 to 10"),
                arguments("agent^-1", 6, "from 0.1 to 10"),
                arguments("agent^1e1", 6, "from 0.1 to 10"),
                arguments("agent^NaN", 6, "from 0.1 to 10"),
                arguments("agent^٣", 6, "from 0.1 to 10"),
                arguments("agent^2 video", 6, "from 0.1 to 10"),
                arguments("agent^2^3", 6, "from 0.1 to 10"),
                arguments("*", 0, "star stands at the end"),
                arguments("é*", 0, "two at least"),
                arguments("self-s*", 0, "two at least"),
                arguments("category:q*", 9, "two at least"),
                arguments("ag*nt*", 0, "star stands at the end"),
                arguments("ag*nt", 0, "star stands at the end"),
                arguments("*agent", 0, "star stands at the end"),
                arguments("agent**", 0, "star stands at the end"),
                arguments("agent OR^2", 8, "missing"),
                arguments("++", 0, "no letter or digit"),
                arguments("ab* cd* ef* gh* ij*", 16, "4 words with a star"),
                arguments("agent \u0000", 6, "no text holds"),
                arguments("\ud83dagent", 0, "no text holds"),
                arguments("agent\ude00", 5, "no text holds"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void aFaultIsNamedWithItsPlace(String line, int position, String reason) {
        var error = assertInstanceOf(InterestError.class, InterestParser.parse(line));
        assertEquals(position, error.position(), error.message());
        assertTrue(error.reason().contains(reason), error.message());
        assertTrue(error.message().endsWith("(at character " + (position + 1) + ")"));
    }

    @Test
    void aLineHasAtMostThirtyTwoTerms() {
        String most = IntStream.rangeClosed(1, 32).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));
        assertInstanceOf(Interest.class, InterestParser.parse(most));
        var error = assertInstanceOf(InterestError.class, InterestParser.parse(most + " last"));
        assertEquals(most.length() + 1, error.position());
        assertTrue(error.reason().contains("32 words"));
    }

    @Test
    void aLineHasAtMostThreeHundredCharacters() {
        String longest = "a".repeat(InterestParser.LONGEST);
        assertInstanceOf(Interest.class, InterestParser.parse(" " + longest + " "));
        var error = assertInstanceOf(InterestError.class, InterestParser.parse(longest + "b"));
        assertEquals(InterestParser.LONGEST, error.position());
        assertEquals(InterestParser.LONGEST, error.line().length());
        assertTrue(error.reason().contains("300 characters"));
    }

    @Test
    void bracketsAreEightDeepAtMost() {
        assertEquals(
                word("a1"),
                KnownInterest.of("(".repeat(8) + "a1" + ")".repeat(8)).query());
        var error = assertInstanceOf(InterestError.class, InterestParser.parse("(".repeat(9) + "a1" + ")".repeat(9)));
        assertEquals(9, error.position());
        assertTrue(error.reason().contains("8 deep"));
    }

    static Stream<Arguments> hostile() {
        return Stream.of(
                arguments("brackets", "(".repeat(10_000)),
                arguments("allowed brackets", "(".repeat(InterestParser.LONGEST)),
                arguments("pairs of brackets", "()".repeat(5_000)),
                arguments("closing brackets", ")".repeat(10_000)),
                arguments("a megabyte", "a".repeat(1 << 20)),
                arguments("a megabyte of white space", " ".repeat(1 << 20)),
                arguments("a megabyte of stars", "*".repeat(1 << 20)),
                arguments("minus signs", "-".repeat(InterestParser.LONGEST)),
                arguments("exclusions of exclusions", "-(".repeat(150)),
                arguments("quotation marks", "\"".repeat(InterestParser.LONGEST)),
                arguments("colons", ":".repeat(InterestParser.LONGEST)),
                arguments("fields", "title:".repeat(50)),
                arguments("ORs", "OR ".repeat(100)),
                arguments("weights", "^".repeat(InterestParser.LONGEST)),
                arguments("a long weight", "agent^" + "1".repeat(290)),
                arguments("right-to-left marks", "\u202e\u200f\u2067".repeat(100)),
                arguments("right-to-left marks and words", "\u202eab\u200f ".repeat(30)),
                arguments("high surrogates", "\ud83d".repeat(300)),
                arguments("low surrogates", "\ude00".repeat(300)),
                arguments("a pair cut by the cap", "a".repeat(299) + "😀😀"),
                arguments("NUL", "\u0000".repeat(300)),
                arguments("combining marks", "e" + "\u0301".repeat(299)),
                arguments("emoji", "😀".repeat(150)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void aHostileLineIsReadOrRefusedAtOnce(String what, String line) {
        InterestParser.parse(line);
        long start = System.nanoTime();
        Parsed parsed = InterestParser.parse(line);
        long millis = (System.nanoTime() - start) / 1_000_000;
        assertTrue(millis < SLOWEST_MILLIS, () -> what + " took " + millis + " ms");
        switch (parsed) {
            case Interest interest -> assertTrue(interest.line().length() <= InterestParser.LONGEST);
            case InterestError error -> {
                assertTrue(error.reason().length() < 500, "the reason is for a person to read");
                assertTrue(error.line().length() <= InterestParser.LONGEST);
                assertTrue(error.position() >= 0
                        && error.position() <= error.line().length());
            }
        }
    }

    @Test
    void aKnownLineThatCannotBeReadNamesItself() {
        var fault = assertThrows(IllegalArgumentException.class, () -> KnownInterest.of("(agent"));
        assertEquals("(agent: This bracket is not closed (at character 1)", fault.getMessage());
    }

    @Test
    void theLinesOfTopicsAndAuthorsAreOfTheLanguage() {
        assertEquals(
                new Query.InTopic("rag"),
                KnownInterest.of(Interest.topicLine("rag")).query());
        assertEquals(
                new Query.Phrase(AUTHOR, "Jane \"J\" Doe".replace("\"", "")),
                KnownInterest.of(Interest.authorLine("Jane \"J\" Doe")).query());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ann O’Brien",
                "Ann O'Brien",
                "William 'Bill' Gates",
                "William “Bill” Gates",
                "Jean–Luc Ｐｉｃａｒｄ",
                "R. «Bob» Li",
                "‘Bill’ Gates",
                "Li, Wei",
                "A & B",
                "``Bob'' Li",
                "Bob ‚x‘ (Li) ＝ 2"
            })
    void aNameIsWhatWasTypedWhateverItsSigns(String name) {
        assertEquals(
                new Query.Phrase(AUTHOR, name),
                KnownInterest.of(Interest.authorLine(name)).query());
    }

    @Test
    void everyLineThatIsNotBlankCounts() {
        assertEquals(List.of("agent", "llm OR vlm"), InterestParser.lines(" agent \r\n\n \t\nllm OR vlm"));
    }

    /** Reading is total: whatever is typed is an interest or an error, never an exception. */
    @Test
    void anyJumbleOfTheLanguageIsReadOrRefused() {
        String[] pieces = {
            "(", ")", "\"", "-", "OR", " ", "^", "2", "!", "title:", "topic:", "*", "ab", "é", ":", "“", "or", "NOT",
            "and", "AND", "not", ",", "，", "'", "–", "&", "|", "=", "（", "4", "`", "\u200b", "C++", "#"
        };
        long seed = 20260301;
        var random = new java.util.Random(seed);
        for (int i = 0; i < 50_000; i++) {
            String line = random.ints(1 + random.nextInt(12), 0, pieces.length)
                    .mapToObj(p -> pieces[p])
                    .collect(Collectors.joining());
            try {
                if (InterestParser.parse(line) instanceof InterestError error) {
                    assertTrue(error.position() <= line.length(), line);
                }
            } catch (RuntimeException e) {
                fail("seed " + seed + ": " + line, e);
            }
        }
    }

    private static Query word(String text) {
        return new Query.Word(ANYWHERE, text);
    }

    private static Query phrase(String text) {
        return new Query.Phrase(ANYWHERE, text);
    }

    private static Query exact(String text) {
        return new Query.Exact(ANYWHERE, text);
    }

    private static Query not(Query inner) {
        return new Query.Not(inner);
    }

    private static Query all(Query... parts) {
        return new Query.All(List.of(parts));
    }

    private static Query any(Query... parts) {
        return new Query.Any(List.of(parts));
    }
}
