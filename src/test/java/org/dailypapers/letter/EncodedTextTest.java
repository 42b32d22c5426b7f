package org.dailypapers.letter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.dailypapers.letter.wire.WireBytes;
import org.junit.jupiter.api.Test;

class EncodedTextTest {

    private static final long SEED = Long.getLong("encoded.seed", 20261123);

    private static String wire(EncodedText text) {
        var out = new WireBytes(16);
        text.appendTo(out);
        assertEquals(out.size, text.size());
        return new String(out.toByteArray(), StandardCharsets.US_ASCII);
    }

    @Test
    void wholeLinesJoinedAreWhatTheyAreInOne() {
        System.out.println("EncodedTextTest: -Dencoded.seed=" + SEED);
        var random = new Random(SEED);
        for (int round = 0; round < 2_000; round++) {
            String first = random.nextInt(5) == 0 ? "" : naughty(random) + "\n";
            String second = random.nextInt(5) == 0 ? "" : naughty(random) + "\r\n";
            String last = naughty(random);
            var joined = EncodedText.joined(List.of(
                    EncodedText.joined(List.of(EncodedText.of(first), EncodedText.of(second))), EncodedText.of(last)));
            assertEquals(wire(EncodedText.of(first + second + last)), wire(joined), first + second + last);
        }
    }

    private static String naughty(Random random) {
        String[] signs = {"a", "b", "c", "d", " ", "=", "\r\n", "\t", "ü", "中", "😀", "\uD83D", "\0"};
        return random.ints(random.nextInt(300), 0, signs.length)
                .mapToObj(i -> i > 4 && random.nextInt(4) > 0 ? "a" : signs[i])
                .collect(Collectors.joining());
    }

    @Test
    void nothingMayFollowATextThatEndsWithinALine() {
        EncodedText open = EncodedText.of("x".repeat(76));
        assertThrows(
                IllegalArgumentException.class, () -> EncodedText.joined(List.of(open, EncodedText.of("and more"))));
        assertEquals(wire(open), wire(EncodedText.joined(List.of(EncodedText.of(""), open, EncodedText.of("")))));
    }
}
