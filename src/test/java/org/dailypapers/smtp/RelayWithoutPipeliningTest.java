package org.dailypapers.smtp;

import org.junit.jupiter.api.BeforeEach;

/** The same with a server that takes one command at a time. */
class RelayWithoutPipeliningTest extends RelayTest {

    @BeforeEach
    void oneCommandAtATime() {
        server.takeOneCommandAtATime();
    }
}
