package org.dailypapers;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** As many lives on PostgreSQL, somewhat shorter ones. */
@QuarkusTest
@TestProfile(OnPostgres.class)
class RandomLivesOnPostgresTest extends RandomLivesTest {

    @Override
    int wildDays() {
        return 8;
    }
}
