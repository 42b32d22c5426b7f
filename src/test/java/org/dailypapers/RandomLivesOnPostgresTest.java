package org.dailypapers;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** The same lives on PostgreSQL. */
@QuarkusTest
@TestProfile(OnPostgres.class)
class RandomLivesOnPostgresTest extends RandomLivesTest {}
