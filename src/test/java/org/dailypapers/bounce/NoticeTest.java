package org.dailypapers.bounce;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoticeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RCPT TO:<ada@example.org>",
                "RCPT TO: <ada@example.org>",
                "Failed recipient:ada@example.org",
                "Failed recipients: <ada@example.org>",
                "could not be delivered to:<ada@example.org>",
                "User unknown:ada@example.org",
                "addressed to:ada@example.org"
            })
    void whoWasRefusedIsNamedAfterTheWordsWithABlankAndWithout(String told) {
        Notice notice = Notice.of("Write to help@example.com or call.\n" + told + " was refused\n");
        assertEquals(List.of("ada@example.org"), List.copyOf(notice.recipients().keySet()));
    }
}
