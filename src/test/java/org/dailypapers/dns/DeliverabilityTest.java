package org.dailypapers.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.dailypapers.dns.Dns.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeliverabilityTest {

    private static final String KEY = "v=DKIM1; k=rsa; p=MIIBIjAN";
    private static final String SELECTOR = "s2026._domainkey.example.org";

    private final Zone zone = new Zone();
    private Deliverability.Setup setup =
            new Deliverability.Setup("example.org", "bounces.example.org", "relay.example.org", Map.of(SELECTOR, KEY));

    @BeforeEach
    void aDomainWhereAllIsWell() {
        zone.with("example.org", Kind.MX, "10 mx.example.org")
                .with("bounces.example.org", Kind.MX, "10 papers.example.org")
                .with("bounces.example.org", Kind.TXT, "v=spf1 ip4:192.0.2.25 -all")
                .with(SELECTOR, Kind.TXT, "v=DKIM1; k=rsa; p=MIIBI jAN")
                .with("_dmarc.example.org", Kind.TXT, "v=DMARC1; p=quarantine")
                .with("relay.example.org", Kind.A, "192.0.2.25")
                .with("25.2.0.192.in-addr.arpa", Kind.PTR, "relay.example.org");
    }

    private List<String> lines() {
        return Deliverability.findings(zone, setup).stream().map(Finding::line).toList();
    }

    private void says(String line) {
        List<String> lines = lines();
        assertEquals(1, lines.stream().filter(line::equals).count(), String.join("\n", lines));
    }

    @Test
    void whereAllIsWellEachLineSaysSo() {
        assertEquals(
                List.of(
                        "ok    MX of example.org: 10 mx.example.org",
                        "ok    MX of bounces.example.org: 10 papers.example.org",
                        "ok    SPF of bounces.example.org: the relay's address 192.0.2.25 is in it, 0 of 10 lookups",
                        "ok    DKIM key s2026._domainkey.example.org: ours",
                        "ok    DMARC of example.org: found at _dmarc.example.org, asks for: quarantine",
                        "ok    alignment of SPF: bounces.example.org counts for example.org",
                        "ok    alignment of DKIM: example.org counts for example.org",
                        "ok    name of relay.example.org: 192.0.2.25 is relay.example.org, both ways"),
                lines());
    }

    @Test
    void aDomainThatTakesNoMailIsAFault() {
        zone.with("bounces.example.org", Kind.MX, "0 .");
        says(
                "fault MX of bounces.example.org: the domain says that it takes no mail (null MX, RFC 7505), so answers and"
                        + " bounces are lost; use a domain that does");
        zone.with("bounces.example.org", Kind.MX);
        says(
                "fault MX of bounces.example.org: there is none, nor an address: hosts refuse mail from a domain that cannot"
                        + " be answered");
        zone.with("bounces.example.org", Kind.A, "192.0.2.3");
        says("note  MX of bounces.example.org: there is none; mail to it goes to its address (RFC 5321 §5.1)");
    }

    @Test
    void aRelayThatSpfDoesNotNameIsToBeAdded() {
        zone.with("bounces.example.org", Kind.TXT, "v=spf1 mx ~all");
        says(
                "note  SPF of bounces.example.org: the relay's address 192.0.2.25 is not in it (softfail, 1 of 10 lookups);"
                        + " if letters leave from there, add it");
        zone.with("bounces.example.org", Kind.TXT);
        says(
                "fault SPF of bounces.example.org: there is none; publish one that names the hosts that letters leave from,"
                        + " such as \"v=spf1 mx -all\"");
    }

    @Test
    void fromWhereALocalRelaySendsIsNotKnown() {
        setup = new Deliverability.Setup("example.org", "bounces.example.org", "127.0.0.1", Map.of());
        says("note  SPF of bounces.example.org: there is one, 0 of 10 lookups; from which address letters leave is not"
                + " known here");
    }

    @Test
    void theDkimKeyMustBeOurs() {
        zone.with(SELECTOR, Kind.TXT);
        says("fault DKIM key " + SELECTOR + ": is not published, so no signature counts; publish " + KEY);
        zone.with(SELECTOR, Kind.TXT, "v=DKIM1; p=AAAA");
        says("fault DKIM key " + SELECTOR + ": is another key than the one that signs; publish " + KEY);
        zone.with(SELECTOR, Kind.TXT, "v=DKIM1; p=");
        says("fault DKIM key " + SELECTOR + ": is revoked (p= is empty); take another selector");
        zone.with(SELECTOR, Kind.TXT, KEY + "; t=s:y");
        says("note  DKIM key " + SELECTOR
                + ": ours, marked as a test (t=y), so that hosts may not count it; take the mark away");
    }

    @Test
    void whatDmarcDoesNotCountIsAFault() {
        zone.with("_dmarc.example.org", Kind.TXT, "v=DMARC1; p=none; aspf=s");
        says(
                "fault alignment of SPF: bounces.example.org does not count for letters from example.org, whose record wants"
                        + " the very same domain; use one that does");
        zone.with("_dmarc.example.org", Kind.TXT, "v=DMARC1; p=none")
                .with("_dmarc.bounces.example.org", Kind.TXT, "v=DMARC1; p=none; psd=n");
        says("fault alignment of SPF: bounces.example.org does not count for letters from example.org, of another"
                + " organisation; use one that does");
        zone.with("_dmarc.example.org", Kind.TXT);
        says(
                "fault DMARC of example.org: there is none, and large providers ask for one of whoever sends in bulk; publish"
                        + " _dmarc.example.org. TXT \"v=DMARC1; p=none\" to begin with");
    }

    @Test
    void anAddressWithoutANameIsNamed() {
        zone.with("25.2.0.192.in-addr.arpa", Kind.PTR);
        says(
                "note  name of relay.example.org: 192.0.2.25 has no name (PTR); many hosts refuse mail that leaves from such"
                        + " an address");
    }

    @Test
    void whatCouldNotBeAskedIsSaidAndTheRestGoesOn() {
        zone.silentAbout("_dmarc.example.org", Kind.TXT);
        says("?     DMARC of example.org: could not be asked for; TXT of _dmarc.example.org: timed out");
        says("ok    name of relay.example.org: 192.0.2.25 is relay.example.org, both ways");
    }

    @Test
    void anAddressOfIpv6IsAskedForByItsNibbles() {
        zone.with("relay.example.org", Kind.A)
                .with("relay.example.org", Kind.AAAA, "2001:db8:0:0:0:0:0:25")
                .with("bounces.example.org", Kind.TXT, "v=spf1 ip6:2001:db8::25 -all")
                .with(
                        "5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa",
                        Kind.PTR,
                        "relay.example.org");
        says("ok    SPF of bounces.example.org: the relay's address 2001:db8:0:0:0:0:0:25 is in it, 0 of 10 lookups");
        says("ok    name of relay.example.org: 2001:db8:0:0:0:0:0:25 is relay.example.org, both ways");
    }
}
