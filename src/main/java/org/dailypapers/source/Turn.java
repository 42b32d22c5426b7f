package org.dailypapers.source;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one process, and one thread of it, store papers at a time: two that bring the same paper at once would both find
 * that it is new.
 */
@ApplicationScoped
class Turn {

    private final EntityManager database;

    /** The threads of a process wait here: a transaction that waits for a row may be given up. */
    private final ReentrantLock ours = new ReentrantLock();

    Turn(EntityManager database) {
        this.database = database;
    }

    /** Does the work in a transaction of its own, when it is its turn. */
    <T> T take(Callable<T> work) {
        ours.lock();
        try {
            return QuarkusTransaction.requiringNew().call(() -> {
                database.createNativeQuery("select name from turn where name = 'ingest' for update")
                        .getSingleResult();
                return work.call();
            });
        } finally {
            ours.unlock();
        }
    }
}
