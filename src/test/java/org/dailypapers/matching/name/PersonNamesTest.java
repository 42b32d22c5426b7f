package org.dailypapers.matching.name;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.dailypapers.source.RealData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersonNamesTest {

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = '=',
            quoteCharacter = '"',
            value = {
                "Yann LeCun = Yann LeCun",
                "Yann LeCun = yann lecun",
                "Y. LeCun = Yann LeCun",
                "Y.LeCun = Yann LeCun",
                "LeCun, Yann = Y LeCun",
                "Yann Le Cun = Yann LeCun",
                "Le Cun, Y. = Yann LeCun",
                "LeCun Yann = Yann Le Cun",
                "Le Cun Yann = LeCun, Yann A.",
                "LECUN, Yann = Yann LeCun",
                "Laurens van der Maaten = L. Maaten",
                "Laurens van der Maaten = van der Maaten, L.",
                "Laurens van der Maaten = Laurens Van Der Maaten",
                "Laurens van der Maaten = laurens van der maaten",
                "Laurens van der Maaten = Maaten, Laurens van der",
                "Laurens van der Maaten = L. vanderMaaten",
                "Alaaeldin El-Nouby = Alaaeldin El Nouby",
                "Alaaeldin El-Nouby = A. Nouby",
                "C. de la Fuente Marcos = de la Fuente Marcos, Carlos",
                "Carlos de la Fuente Marcos = C. De La Fuente-Marcos",
                "Michael I. Jordan = Michael Jordan",
                "Michael I. Jordan = M. I. Jordan",
                "Michael I. Jordan = Jordan, Michael Irwin",
                "Michael I. Jordan = MI Jordan",
                "Michael I. Jordan = Jordan MI",
                "Michael I. Jordan = Jordan, MI",
                "Michael Jordan = M. I. Jordan",
                "J. S. Park = JS Park",
                "Jae-Sung Park = J.S. Park",
                "Jae-Sung Park = J.-S. Park",
                "Jae-Sung Park = J. -S. Park",
                "Jae-Sung Park = JS PARK",
                "Jae-Sung Park = js park",
                "Jae-Sung Park = Park JS",
                "Jae-Sung Park = Park J.-S.",
                "J. Park = Park, JS",
                "WEI LI = Wei Li",
                "Zhangheng LI = Z. Li",
                "Min KIM = KIM Min",
                "Fei-Fei Li = Feifei Li",
                "Fei-Fei Li = Fei Fei Li",
                "Feifei Li = Fei Fei Li",
                "Fei-Fei Li = F.-F. Li",
                "Feifei Li = F.-F. Li",
                "Fei-Fei Li = F. Li",
                "Li Fei-Fei = Fei-Fei Li",
                "Li Fei-Fei = Li, Fei-Fei",
                "Li Fei-Fei = Feifei Li",
                "Li Fei Fei = Li, Fei-Fei",
                "Li Fei Fei = Fei Fei Li",
                "Nguyen Van Anh = Van Anh Nguyen",
                "Le Quoc Viet = Quoc-Viet Le",
                "Quoc V. Le = Le, Q.",
                "Bin Yu = B. Yu",
                "Jean-Pierre Serre = Jean P. Serre",
                "Jean-Pierre L. Serre = J. L. Serre",
                "Jean-Pierre L. Serre = Jean-Pierre Serre",
                "Klaus-Robert Müller = K.-R. Mueller",
                "Klaus-Robert Müller = K. R. Muller",
                "Klaus Mueller = Klaus Muller",
                "Mueller Klaus = Klaus Müller",
                "Rodriguez Ana = Ana Rodríguez",
                "Li Fei Fei = Li Feifei",
                "Smith JA = J. Smith",
                "Smith JA = Smith J",
                "Jürgen Schmidhuber = Juergen Schmidhuber",
                "Jürgen Schmidhuber = Jurgen Schmidhuber",
                "Jürgen Schmidhuber = J\u0075\u0308rgen Schmidhuber",
                "Bernhard Schölkopf = B. Schoelkopf",
                "Anders Ångström = A. Aangstroem",
                "Karl Weiß = Karl Weiss",
                "Søren Lü = Soeren Lue",
                "Søren Lü = Soren Lu",
                "Aleksander Mądry = A. Madry",
                "Brendan O’Connor = Brendan O'Connor",
                "Brendan O'Connor = OConnor, B.",
                "Olivier Martineau-Huynh = Martineau Huynh, Olivier",
                "Iñigo Sáez Casares = Saez Casares, Inigo",
                "Russell E. Ryan, Jr. = Russell Ryan",
                "Rafael Ortiz III = Ortiz, R.",
                "King, Jr., Martin Luther = Martin L. King",
                "Martin King, PhD = M. King",
                "Martin King Ph.D. = M. King",
                "MD Jahin Alam = M. Alam",
                "Weinan E = E, Weinan",
                "Weinan E = W. E",
                "Suhas BN = BN, Suhas",
                "Þór Jónsson = Þ. Jonsson",
                "Ａｄａ Ｋｉｎｇ = Ada King",
                "Γιώργος Παπαδόπουλος = Γ. ΠΑΠΑΔΟΠΟΥΛΟΣ",
                "Юрий Фёдоров = Фёдоров, Ю.",
                "Юрий Федоров = Ю. Фёдоров",
                "李 飞飞 = 飞飞 李",
                "김 철수 = 철수, 김",
                "The LHCb Collaboration = LHCb collaboration",
                "the epsilon-collaboration = The Epsilon Collaboration",
                "A. Author for the NUSES Collaboration = NUSES Collaboration",
            })
    void isTheSame(String one, String other) {
        assertTrue(shared(one, other), one + " asked, " + other + " indexed");
        assertTrue(shared(other, one), other + " asked, " + one + " indexed");
    }

    @ParameterizedTest(name = "{0} is not {1}")
    @CsvSource(
            delimiter = '=',
            quoteCharacter = '"',
            value = {
                "Yoshua Bengio = Yann LeCun",
                "Yoshua Bengio = Samy Bengio",
                "Yoshua Bengio = S. Bengio",
                "Yoshua Bengio = Yann Bengio",
                "Y. Bengio = S. Bengio",
                "Michael I. Jordan = Michael B. Jordan",
                "Michael Irwin Jordan = Michael Ivan Jordan",
                "M. I. Jordan = Michael B. Jordan",
                "Michael Irwin Jordan = Michael Irwin",
                "Michael Irwin Jordan = Irwin Michael",
                "M. Jordan = N. Jordan",
                "Jae-Sung Park = J. H. Park",
                "Jae-Sung Park = Jae-Hyun Park",
                "Jae-Sung Park = JH Park",
                "Jae-Sung Park = Park J.-H.",
                "Jean-Pierre Serre = Jean Serre",
                "Fei-Fei Li = Fei Li",
                "Li Fei-Fei = F. Li",
                "James Carzon = C. W. James",
                "Martin Bizzarro = B. Martin",
                "Li Fei Yu = Fei Li",
                "Li Fei Yu = Li Fei",
                "Li Fei-Fei = Li Fei",
                "WEI LI = W. E. I.",
                "WEI LI = W. Lin",
                "Wei Xue = Wei Xu",
                "Wei Yue = Wei Yu",
                "Barry Boehm = Barry Bohm",
                "Michael Nielsen = Michal Nielsen",
                "Michael Nielsen = Nielsen, Michal",
                "Weinan E = Weinan Edwards",
                "Li W. = Li J. W.",
                "Laurens van der Maaten = Laurens van der Meer",
                "L. van der Maaten = van der Linde",
                "Bin-Bin Li = Li Bin",
                "李 飞飞 = 李 飞",
                "李 飞飞 = 王 飞飞",
                "Ю. Фёдоров = Иван Фёдоров",
                "The LHCb Collaboration = The ATLAS Collaboration",
                "CMS Collaboration = The C. M. S. Group",
                "The ATLAS Collaboration = ATLAS Team",
                "Charlie Collaboration = C. Collaboration",
                "Madonna = Madonna",
            })
    void isNotTheSame(String one, String other) {
        assertFalse(shared(one, other), one + " asked, " + other + " indexed");
        assertFalse(shared(other, one), other + " asked, " + one + " indexed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "LeCun",
                "Fei-Fei",
                "李飞飞",
                "van Gogh",
                "van der Maaten",
                "Maaten,",
                ", Maaten",
                "😀 😀",
                "\uD83D \uDE00",
                "\0 \u0007",
                "- -",
                "' '",
                ". , .",
                "\u0301 \u0301",
            })
    void whatIsNoNameIsLeftToItsWords(String name) {
        assertEquals(Set.of(), PersonNames.asked(name));
    }

    @Test
    void noTextIsTooLongOrTooStrangeForAName() {
        List<String> pieces = List.of(
                "a",
                "Li",
                "van",
                "ü",
                "Åå",
                "JS",
                "'",
                "-",
                "–",
                ".",
                ",",
                " ",
                "  ",
                "\uD83D",
                "\uDE00",
                "😀",
                "\0",
                "\u202E",
                "\u0301",
                "\uFDFA",
                "ﬁ",
                "飞",
                "김",
                "Þ",
                "/",
                "*",
                "½",
                "𝔘",
                "the",
                "team",
                "x".repeat(400));
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int left = random.nextInt(40); left > 0; left--) {
                text.append(pieces.get(random.nextInt(pieces.size())));
            }
            bounded(text.toString());
        }
        for (String piece : pieces) {
            bounded(piece.repeat(10_000));
            bounded((piece + " ").repeat(10_000));
            bounded((piece + ",").repeat(10_000));
        }
        bounded("Å-Ü ".repeat(12));
        bounded("ö".repeat(100) + "-ö ä-ö, van ö ä-Ü Å-Ü-Å");
    }

    private static void bounded(String name) {
        Set<String> asked = PersonNames.asked(name);
        Set<String> indexed = PersonNames.indexed(name);
        assertTrue(asked.size() <= 256 && indexed.size() <= 256, name);
        assertTrue(asked.isEmpty() || !Collections.disjoint(asked, indexed), name);
    }

    @Test
    void anEverydayNameHasFewTerms() {
        assertEquals(Set.of("u/lecun/=yann/-", "u/lecun/~y/-", "t/yann/=lecun/-"), indexed("Yann LeCun"));
        assertEquals(Set.of("u/lecun/y./-"), indexed("Y. LeCun"));
        assertEquals(
                Set.of("u/jordan/=michael/i.", "u/jordan/=michael/+", "u/jordan/~m/i.", "u/jordan/~m/+"),
                indexed("Michael I. Jordan"));
        assertTrue(PersonNames.asked("Laurens van der Maaten").size() <= 48);
    }

    private static Set<String> indexed(String author) {
        return PersonNames.indexed(author);
    }

    @Test
    void everyAuthorOfRealPapersIsFoundAsBibliographiesWriteThem() throws IOException {
        List<String> authors = new ArrayList<>();
        try (Stream<String> lines = Files.lines(RealData.path("arxiv-metadata/papers.jsonl"))) {
            lines.limit(2000).forEach(line -> authors.addAll(authors(line)));
        }
        assertTrue(authors.size() > 10_000, "authors read: " + authors.size());
        List<String> missed = new ArrayList<>();
        long terms = 0;
        for (String author : authors) {
            terms += indexed(author).size();
            if (!shared(author, author) && !isNoName(author)) {
                missed.add(author);
            }
            List<String> words = List.of(author.split(" "));
            if (words.size() > 1
                    && words.size() < 4
                    && words.stream().allMatch(word -> word.matches("\\p{Lu}\\p{Ll}+"))
                    && !author.endsWith(" Collaboration")
                    && !author.endsWith(" Jr")) {
                String family = words.getLast();
                String given = author.substring(0, author.length() - family.length() - 1);
                for (String form : List.of(family + ", " + given, given.substring(0, 1) + ". " + family)) {
                    if (!shared(form, author)) {
                        missed.add(form + " for " + author);
                    }
                }
            }
        }
        assertEquals(List.of(), missed);
        double mean = (double) terms / authors.size();
        assertTrue(mean < 4, "terms of an author, on average: " + mean);
    }

    private static List<String> authors(String line) {
        int start = line.indexOf("\"authors\": [") + "\"authors\": [".length();
        String list = line.substring(start, line.indexOf(']', start));
        return list.isBlank()
                ? List.of()
                : Stream.of(list.split("\", \""))
                        .map(name -> name.replaceAll("^\"|\"$", ""))
                        .filter(name -> !name.contains("\\"))
                        .toList();
    }

    private static boolean isNoName(String name) {
        return PersonNames.asked(name).isEmpty();
    }

    private static boolean shared(String asked, String author) {
        return !Collections.disjoint(PersonNames.asked(asked), PersonNames.indexed(author));
    }
}
