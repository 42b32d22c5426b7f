package org.dailypapers.desk.page;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.dailypapers.OnPostgres;

@QuarkusTest
@TestProfile(OnPostgres.class)
class SignInOnPostgresTest extends SignInTest {}
