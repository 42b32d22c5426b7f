package org.dailypapers.operator;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PasswordsTest {

    @Test
    void aPasswordMatchesItsHashAlone() {
        String hash = Passwords.hash("correct horse battery");
        assertTrue(Passwords.matches("correct horse battery", hash));
        assertFalse(Passwords.matches("correct horse batterY", hash));
        assertFalse(Passwords.matches("", hash));
        assertFalse(Passwords.matches("correct horse battery", null));
        assertNotEquals(hash, Passwords.hash("correct horse battery"));
    }

    /** From the tests of the reference implementation. */
    @Test
    void hashesOfTheReferenceImplementationAreRead() {
        assertTrue(Passwords.matches(
                "password", "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"));
    }

    @Test
    void anAccentIsTheSameHoweverItIsTyped() {
        assertTrue(Passwords.matches("caf\u0065\u0301 am morgen", Passwords.hash("caf\u00e9 am morgen")));
    }

    @Test
    void whatIsShortOrPlainIsRefused() {
        assertTrue(Passwords.fault("elf zeichen", "ada@example.org").isPresent());
        assertTrue(Passwords.fault("aaaaaaaaaaaaaaa", "ada@example.org").isPresent());
        assertTrue(Passwords.fault("ada@example.org", "ada@example.org").isPresent());
        assertTrue(Passwords.fault("x".repeat(201), "ada@example.org").isPresent());
        assertTrue(Passwords.fault("three small words", "ada@example.org").isEmpty());
    }

    @Test
    void whoFindsAllTurnsTakenWaitsAMomentAndNoLonger() throws Exception {
        Passwords.TURNS.acquire(2);
        try {
            assertThrows(Busy.class, () -> Passwords.matches("correct horse battery", null));
            assertThrows(Busy.class, () -> Passwords.hash("correct horse battery"));
        } finally {
            Passwords.TURNS.release(2);
        }
        assertFalse(Passwords.matches("correct horse battery", null));
    }
}
