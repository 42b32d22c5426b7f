package org.dailypapers.command;

import static io.restassured.RestAssured.given;
import static org.dailypapers.House.paper;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.dailypapers.FreshService;
import org.dailypapers.ScriptedSource;
import org.dailypapers.command.verb.Commands;
import org.dailypapers.command.verb.Console;
import org.dailypapers.edition.Intake;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PaperCommandTest {

    @Inject
    FreshService service;

    @Inject
    Intake intake;

    @Inject
    ScriptedSource source;

    @BeforeEach
    void begin() {
        service.at("2026-03-03T12:00:00Z");
        intake.file(ScriptedSource.NAME, Stream.of(paper("2603.00001", "Speech", "2026-03-02", 9)), n -> {});
    }

    /** The status, and all that was said. */
    private static String run(String... arguments) {
        var said = new ByteArrayOutputStream();
        var stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        int status = Commands.run(arguments, new Console(stream, stream, Path.of("."), false));
        return status + " " + said.toString(StandardCharsets.UTF_8).strip();
    }

    @Test
    void eachVerbSaysWhatItDid() {
        assertEquals("0 2603.00001 is hidden: Speech", run("paper", "hide", "https://arxiv.org/abs/2603.00001v2"));
        assertEquals(404, given().get("/papers/2603.00001").statusCode());
        assertEquals(
                "0 2603.00001 is here already, first in the edition of 2026-03-02, hidden: Speech",
                run("paper", "add", "2603.00001"));
        assertEquals("0 2603.00001 is shown: Speech", run("paper", "show", "http://localhost:8080/papers/2603.00001"));
        assertEquals(200, given().get("/papers/2603.00001").statusCode());
        assertEquals(
                "0 2603.00001 stands at the head of the edition of 2026-03-02: Speech",
                run("paper", "pin", "2603.00001"));
        assertEquals(
                "0 2603.00001 stands in its place alone in the edition of 2026-03-02: Speech",
                run("paper", "unpin", "2603.00001", "--edition=2026-03-02"));
        source.know(paper("1706.03762", "Attention", "2017-06-13"));
        assertEquals(
                "0 1706.03762 joins the edition of 2026-03-03: Attention",
                run("paper", "add", "https://huggingface.co/papers/1706.03762"));
    }

    @Test
    void whatCannotBeDoneIsOneLine() {
        assertEquals("1 There is no paper 2603.99999 here.", run("paper", "hide", "2603.99999"));
        assertEquals("1 None of the sources knows 2603.99999.", run("paper", "add", "2603.99999"));
        assertEquals(
                "1 2603.00001 is not in the edition of 2026-03-01; it was first in that of 2026-03-02.",
                run("paper", "pin", "2603.00001", "--edition=2026-03-01"));
        source.goDown();
        assertEquals("1 scripted: down", run("paper", "add", "2603.99999"));
        for (String[] wrong : new String[][] {
            {"paper"}, {"paper", "hide"}, {"paper", "hide", "nonsense"}, {"paper", "pin", "2603.00001", "--edition=x"}
        }) {
            String said = run(wrong);
            assertTrue(said.startsWith("2 "), said);
        }
    }
}
