package org.dailypapers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.arjuna.ats.arjuna.coordinator.TxControl;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** A clock that is set ahead would end each transaction that has a time limit, by an interrupt, which closes H2's file. */
@QuarkusTest
class LongTransactionTest {

    @Test
    void noTransactionHasATimeLimit() {
        assertEquals(0, TxControl.getDefaultTimeout());
    }
}
