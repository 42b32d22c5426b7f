package org.dailypapers.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "Q&amp;A | Q&A",
                "Q&amp;amp;A | Q&A",
                "M&uuml;ller &lt;b&gt; | Müller <b>",
                "K&#246;nig, K&#xF6;nig, K&#XF6;nig | König, König, König",
                "a&nbsp;b&#8203; | a b\u200b",
                "&#146;quoted&#8217; | ’quoted’",
                "&hellip; &ndash; &Ouml; | … – Ö",
                "AT&T; R&D, a &nosuch; b & c &amp | AT&T; R&D, a &nosuch; b & c &amp",
            })
    void charactersOfHtmlAreRead(String written, String plain) {
        assertEquals(plain, PlainText.of(written));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "Schr\\\"odinger | Schrödinger",
                "Schr\\\"{o}dinger | Schrödinger",
                "Schr{\\\"o}dinger | Schrödinger",
                "Schr{\\\"{o}}dinger | Schrödinger",
                "na\\\"ive, na\\\"{\\i}ve, na{\\\"\\i}ve, na\\\"\\i ve | naïve, naïve, naïve, naïve",
                "caf\\'e, caf\\'{e}, caf{\\'e} | café, café, café",
                "Alfv\\'en, vis-\\`a-vis, It\\^o, Do\\~nana | Alfvén, vis-à-vis, Itô, Doñana",
                "mus{\\'e}e d'Arch{\\'e}ologie | musée d'Archéologie",
                "\\'Erudit, {\\'E}cole, Garc\\'\\ia, Garc\\'{\\i}a | Érudit, École, Garc\\'\\ia, García",
                "\\v{C}ech, \\v Cech, Ho\\v{r}ava, Lo\\`eve | Čech, Čech, Hořava, Loève",
                "Gr\\\"obner, Erd\\H{o}s, Ros\\c{c}a, A\\k{a} | Gröbner, Erdős, Rosça, Aą",
                "\\u{G}, \\r{u}, \\d{s}, \\={a}, \\.z, \\b{d} | Ğ, ů, ṣ, ā, ż, ḏ",
                "J\\o rgensen, J{\\o}rgensen, J\\o{}rgensen | Jørgensen, Jørgensen, Jørgensen",
                "\\L ukasz, {\\L}ukasz, Wa{\\l}\\k{e}sa | Łukasz, Łukasz, Wałęsa",
                "Gau\\ss, Gau{\\ss}, Stra\\ss e, Wei\\ss{} und | Gauß, Gauß, Straße, Weiß und",
                "\\AA ngstr\\\"om, H\\aa kan, {\\AE}gir, \\oe uvre | Ångström, Håkan, Ægir, œuvre",
                "5007\\AA\\ emission, 12 \\AA resolution | 5007Å emission, 12 Å resolution",
                "Prefill \\& Decode, Q\\&A | Prefill & Decode, Q&A",
                "J\\\"arvenp\\\"a\\\"a | Järvenpää",
                "dialects-\\\"U-Tsang | dialects-Ü-Tsang",
            })
    void accentsOfTexAreLetters(String written, String plain) {
        assertEquals(plain, PlainText.of(written));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "the MLLM\\'s context isn\\'t, GPT-4o\\'s | the MLLM's context isn't, GPT-4o's",
                "\\\"Attention\\\" is | \"Attention\" is",
                "say \\'Attention\\' once | say 'Attention' once",
            })
    void anEscapedQuoteIsNoAccent(String written, String plain) {
        assertEquals(plain, PlainText.of(written));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\bcalNT and \\varwhat, of $\\ourown$ kinds",
                "C:\\users\\me, \\d+, \\",
                "costs $5 or {braces} alone",
                "from $5 to $10, $5-$10 and $5k",
                "${env} and ${user:home}, {7*7}, {{x}}",
                "the two of $us and them$ stay",
                "run it with --fast ---- ~/papers https://a.b/~me/c~d",
                "about ~5, from 3~5",
                "snake_case, x_{1}, 2^{10}, e^x",
                "a `b` and ``c",
                "\\c{hi}",
                "\\'",
                "\\\"{",
                "\\v{",
                "\\v",
                "\\c{x",
                "{\\",
                "$",
                "$$",
                "&",
                "&;",
                "&#;",
                "&#99999999;"
            })
    void everythingElseStays(String text) {
        assertEquals(text, PlainText.of(text));
    }

    @Test
    void lettersAreComposed() {
        assertEquals("Poincaré", PlainText.of("Poincare\u0301"));
    }

    @Test
    void whatAReferenceHidesIsStillOneLineOfText() {
        assertEquals("a b c", PlainText.of(" a&#10;b&#13;&#9;c&#32;"));
        assertEquals("a\ufffdb", PlainText.of("a&#xD800;b"));
    }
}
