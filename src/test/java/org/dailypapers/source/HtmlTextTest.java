package org.dailypapers.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HtmlTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <p>One.</p><p>Two.</p>                       | One. Two.
            H<sub>2</sub>O and <i class="x">E. coli</i>  | H2O and E. coli
            p < 0.05, a<b and c>d                        | p < 0.05, a<b and c>d
            <think> before you <answer>                  | <think> before you <answer>
            A<br/>B<!-- not seen -->C                    | A B C
            <jats:p>Text <jats:italic>in</jats:italic></jats:p> | Text in
            <mml:math><mml:mi>x</mml:mi></mml:math> rises | x rises
            <script>alert(1)</script>Words               | Words
            """)
    void elementsGoAndTextStays(String marked, String expected) {
        assertEquals(expected, HtmlText.plain(marked).replaceAll("\\s+", " ").strip());
    }
}
