package org.dailypapers.site.voice;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.dailypapers.OnPostgres;

@QuarkusTest
@TestProfile(OnPostgres.class)
class VoicePagesOnPostgresTest extends VoicePagesTest {}
