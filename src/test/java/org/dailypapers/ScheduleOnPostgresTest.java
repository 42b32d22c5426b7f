package org.dailypapers;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(OnPostgres.class)
class ScheduleOnPostgresTest extends ScheduleTest {}
