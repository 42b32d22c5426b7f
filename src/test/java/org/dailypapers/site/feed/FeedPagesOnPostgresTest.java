package org.dailypapers.site.feed;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.dailypapers.OnPostgres;

@QuarkusTest
@TestProfile(OnPostgres.class)
class FeedPagesOnPostgresTest extends FeedPagesTest {}
