package org.dailypapers.letter;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Random text out of pieces that have broken mail programs; the same for the same seed. */
final class NaughtyText {

    private static final String[] PIECES = {
        "a",
        "Attention",
        "is",
        "all",
        "you",
        "need",
        " ",
        " ",
        " ",
        " ",
        "  ",
        ".",
        "..",
        ",",
        ";",
        ":",
        "\"",
        "\\",
        "\\\"",
        "<",
        ">",
        "<b>",
        "(",
        ")",
        "@",
        "=",
        "?",
        "_",
        "=?",
        "?=",
        "=_",
        "=20",
        "=3D",
        "=?utf-8?q?=41?=",
        "=?UTF-8?B?QQ==?=",
        "=?utf-8?q?a b?=",
        "ü",
        "ß",
        "é",
        "e\u0301",
        "中文",
        "日本語のタイトル",
        "العربية",
        "עברית",
        "\u200F",
        "\u202E",
        "\u200D",
        "\uFEFF",
        "\u00A0",
        "\u2028",
        "\uFFFD",
        "\uFFFF",
        "😀",
        "👩‍🔬",
        "👩🏽‍🚀",
        "𝔘𝔫𝔦",
        "\uDBFF\uDFFF",
        "\uD83D",
        "\uDE00",
        "\uDC00\uD800",
        "x".repeat(75),
        "x".repeat(76),
        "y".repeat(77),
        "z".repeat(1100),
        "https://example.org/" + "p/".repeat(60),
        "ø".repeat(40),
        "--b",
        "--=_b",
        "--=_b--",
        "From ",
        "Bcc: x@example.org",
        "{7*7}",
        "${x}",
        "%s",
        "'",
        "`",
        "~"
    };
    private static final String[] BODY_PIECES = {
        "\r\n",
        "\n",
        "\r",
        "\n\r",
        "\r\n\r\n",
        " \r\n",
        "\t\n",
        "\t",
        "\0",
        "\u0007",
        "\u001B",
        "\u007F",
        "\u0085",
        "\n.\n",
        "\r\n.\r\n",
        "\n..",
        "\n--=_b\n",
        "\n--=_b--\n",
        "\nFrom ",
        " ".repeat(80),
        "=\n"
    };

    private final RandomGenerator random;

    NaughtyText(long seed) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    boolean maybe() {
        return random.nextBoolean();
    }

    int upTo(int bound) {
        return random.nextInt(bound);
    }

    String line(int pieces) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(pieces + 1); left > 0; left--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    String body(int pieces) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(pieces + 1); left > 0; left--) {
            boolean special = random.nextInt(4) == 0;
            text.append(
                    special ? BODY_PIECES[random.nextInt(BODY_PIECES.length)] : PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }
}
