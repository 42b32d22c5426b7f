package org.dailypapers.paper;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;

/**
 * Numbers the changes of papers and editions: one number for each transaction that makes some.
 *
 * <p>By it everything that is kept of the catalogue knows whether it is still true. Times would not do: a clock that was
 * ahead once would hide every change until it is that late again. A smaller number may become visible after a greater
 * one, for a transaction may last longer than a later one.
 */
@ApplicationScoped
@Transactional
public class Revisions {

    private final EntityManager database;
    private final TransactionSynchronizationRegistry transaction;

    Revisions(EntityManager database, TransactionSynchronizationRegistry transaction) {
        this.database = database;
        this.transaction = transaction;
    }

    /** The number of this transaction's changes. */
    @Transactional(Transactional.TxType.MANDATORY)
    public long current() {
        Long known = (Long) transaction.getResource(Revisions.class);
        if (known == null) {
            known = number("select nextval('catalogue_revision')");
            transaction.putResource(Revisions.class, known);
        }
        return known;
    }

    /** The greatest number that can be seen; 0 where there is nothing. */
    public long newest() {
        return number("""
                select greatest(coalesce((select max(revision)
                from paper), 0), coalesce((select max(revision)
                from edition), 0))""");
    }

    /** Without the class of the result, with which Hibernate would make and keep a new plan each time. */
    private long number(String sql) {
        return ((Number) database.createNativeQuery(sql).getSingleResult()).longValue();
    }

    /** Which catalogue the numbers are of: another database has another name, also where its numbers are the same. */
    public String catalogue() {
        return (String) database.createNativeQuery("select cast(id as varchar(36)) from catalogue")
                .getSingleResult();
    }
}
