package org.dailypapers.desk.page;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.dailypapers.OnPostgres;

/** The same on PostgreSQL. */
@QuarkusTest
@TestProfile(OnPostgres.class)
class TodayOnPostgresTest extends TodayTest {}
