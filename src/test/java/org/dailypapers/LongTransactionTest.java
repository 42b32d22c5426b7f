package org.dailypapers;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionManager;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.Test;

/** A transaction that takes too long is rolled back by another thread, which H2 may hold up. */
@QuarkusTest
class LongTransactionTest {

    /** Four times as long as the transaction manager waits by itself before it interrupts a rollback. */
    private static final Duration HELD_UP = Duration.ofSeconds(2);

    @Inject
    TransactionManager transactions;

    @Test
    void theThreadThatRollsItBackIsNotInterrupted() throws Exception {
        var rolledBack = new CountDownLatch(1);
        var interrupted = new AtomicBoolean();
        transactions.setTransactionTimeout(1);
        transactions.begin();
        try {
            transactions.getTransaction().enlistResource(new SlowRollback(rolledBack, interrupted));
            assertTrue(rolledBack.await(1, TimeUnit.MINUTES), "it was never rolled back");
        } finally {
            transactions.rollback();
            transactions.setTransactionTimeout(0);
        }
        assertFalse(interrupted.get());
    }

    private record SlowRollback(CountDownLatch rolledBack, AtomicBoolean interrupted) implements XAResource {

        @Override
        public void rollback(Xid xid) {
            try {
                Thread.sleep(HELD_UP);
            } catch (InterruptedException e) {
                interrupted.set(true);
            }
            rolledBack.countDown();
        }

        @Override
        public void start(Xid xid, int flags) {}

        @Override
        public void end(Xid xid, int flags) {}

        @Override
        public int prepare(Xid xid) {
            return XA_OK;
        }

        @Override
        public void commit(Xid xid, boolean onePhase) {}

        @Override
        public void forget(Xid xid) {}

        @Override
        public Xid[] recover(int flag) {
            return new Xid[0];
        }

        @Override
        public boolean isSameRM(XAResource other) {
            return other == this;
        }

        @Override
        public int getTransactionTimeout() {
            return 0;
        }

        @Override
        public boolean setTransactionTimeout(int seconds) {
            return false;
        }
    }
}
