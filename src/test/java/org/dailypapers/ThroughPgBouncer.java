package org.dailypapers;

import java.util.List;

/** Runs a test on PostgreSQL behind PgBouncer. */
public class ThroughPgBouncer extends OnPostgres {

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(PgBouncer.class));
    }
}
