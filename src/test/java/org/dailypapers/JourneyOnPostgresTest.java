package org.dailypapers;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** The same way on PostgreSQL. */
@QuarkusTest
@TestProfile(OnPostgres.class)
class JourneyOnPostgresTest extends JourneyTest {}
