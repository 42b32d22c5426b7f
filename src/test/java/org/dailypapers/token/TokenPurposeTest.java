package org.dailypapers.token;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TokenPurposeTest {

    @Test
    void lettersAndPagesSayHowLongALinkIsGoodFor() {
        assertEquals("seven days", TokenPurpose.CONFIRM.lifetimeInWords());
        assertEquals("24 hours", TokenPurpose.UNDO.lifetimeInWords());
        assertEquals("30 minutes", TokenPurpose.PRIVATE.lifetimeInWords());
        assertEquals("ever", TokenPurpose.UNSUBSCRIBE.lifetimeInWords());
    }
}
