package org.dailypapers.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.dailypapers.dns.Dns.Kind;
import org.junit.jupiter.api.Test;

/** RFC 9989 §4.10. */
class DmarcTest {

    private final Zone zone = new Zone();
    private final Dmarc dmarc = new Dmarc(zone);

    private void record(String domain, String... texts) {
        zone.with("_dmarc." + domain, Kind.TXT, texts);
    }

    private Optional<String> policyOf(String domain) throws Exception {
        return dmarc.policy(domain).map(policy -> policy.domain() + " " + policy.request(domain));
    }

    @Test
    void theTreeIsWalkedInEightQuestionsAtMost() {
        assertEquals(List.of("a.b.example.org", "b.example.org", "example.org", "org"), Dmarc.walk("a.b.example.org"));
        assertEquals(8, Dmarc.walk("1.2.3.4.5.6.7.8").size());
        assertEquals(
                List.of(
                        "a.b.c.d.e.f.g.h.i.example.org",
                        "e.f.g.h.i.example.org",
                        "f.g.h.i.example.org",
                        "g.h.i.example.org",
                        "h.i.example.org",
                        "i.example.org",
                        "example.org",
                        "org"),
                Dmarc.walk("a.b.c.d.e.f.g.h.i.example.org"));
    }

    @Test
    void theOrganisationIsWhereTheHighestRecordStands() throws Exception {
        assertEquals("news.example.org", dmarc.organisation("news.example.org"));
        record("news.example.org", "v=DMARC1; p=none");
        assertEquals("news.example.org", dmarc.organisation("a.news.example.org"));
        record("example.org", "v=DMARC1; p=reject");
        assertEquals("example.org", dmarc.organisation("a.news.example.org"));
    }

    @Test
    void aPublicSuffixHasItsOrganisationsBelowIt() throws Exception {
        record("bank.example", "v=DMARC1; p=reject; psd=y");
        assertEquals("one.bank.example", dmarc.organisation("mail.one.bank.example"));
        assertEquals("one.bank.example", dmarc.organisation("one.bank.example"));
        assertEquals(Optional.of("bank.example reject"), policyOf("mail.one.bank.example"));
    }

    @Test
    void whoSaysSoIsAnOrganisationWhateverStandsAbove() throws Exception {
        record("dept.example.org", "v=DMARC1; p=none; psd=n");
        record("example.org", "v=DMARC1; p=reject");
        assertEquals("dept.example.org", dmarc.organisation("mail.dept.example.org"));
    }

    @Test
    void aSubdomainFollowsItsOrganisationUnlessItHasItsOwn() throws Exception {
        record("example.org", "v=DMARC1; p=reject; sp=quarantine");
        assertEquals(Optional.of("example.org quarantine"), policyOf("news.example.org"));
        assertEquals(Optional.of("example.org reject"), policyOf("example.org"));
        record("news.example.org", "v = DMARC1 ; P=None");
        assertEquals(Optional.of("news.example.org none"), policyOf("news.example.org"));
    }

    @Test
    void twoRecordsOrAnotherTextAreNone() throws Exception {
        record("example.org", "v=DMARC1; p=none", "v=DMARC1; p=reject");
        assertTrue(dmarc.policy("example.org").isEmpty());
        record("example.org", "v=DMARC10; p=none", "v=spf1 -all");
        assertTrue(dmarc.policy("example.org").isEmpty());
    }
}
