package org.dailypapers.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorNamesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Ada Lovelace                              | [Ada Lovelace]
            Lovelace, Ada                             | [Ada Lovelace]
            Lovelace, A. K.; Babbage, C.              | [A. K. Lovelace, C. Babbage]
            Ada Lovelace, Charles Babbage             | [Ada Lovelace, Charles Babbage]
            Ada Lovelace, Ph.D.                       | [Ada Lovelace, Ph.D.]
            Ada, Bob, Carol, Dave                     | [Ada, Bob, Carol, Dave]
            van der Berg, J., Jr                      | [J. van der Berg Jr]
            O&#x27;Brien, K.; ENIGMA Consortium;      | [K. O&#x27;Brien, ENIGMA Consortium]
            """)
    void namesAreReadAsReadersExpectThem(String names, String expected) {
        assertEquals(expected, AuthorNames.of(names).toString());
    }
}
