package org.dailypapers.outbox;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.dailypapers.OnPostgres;

@QuarkusTest
@TestProfile(OnPostgres.class)
class OutboxOnPostgresTest extends OutboxTest {}
