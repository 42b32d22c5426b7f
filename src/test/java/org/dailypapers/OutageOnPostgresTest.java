package org.dailypapers;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** The same days on PostgreSQL. */
@QuarkusTest
@TestProfile(OnPostgres.class)
class OutageOnPostgresTest extends OutageTest {}
