package org.dailypapers.desk;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.dailypapers.OnPostgres;

@QuarkusTest
@TestProfile(OnPostgres.class)
class ReplicaKeysOnPostgresTest extends ReplicaKeysTest {}
