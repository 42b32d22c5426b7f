package org.dailypapers.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import org.dailypapers.dns.Dns.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpfTest {

    private final Zone zone = new Zone()
            .with("example.org", Kind.MX, "10 mx.example.org")
            .with("example.org", Kind.A, "192.0.2.10")
            .with("mx.example.org", Kind.A, "192.0.2.20")
            .with("mx.example.org", Kind.AAAA, "2001:db8:0:0:0:0:0:20")
            .with("_spf.provider.example", Kind.TXT, "v=spf1 ip4:198.51.100.0/24 ~all")
            .with("strict.provider.example", Kind.TXT, "v=spf1 ip4:203.0.113.7 -all");

    private Spf.Checked check(String record, String address) throws Exception {
        zone.with("example.org", Kind.TXT, "some other text", record);
        return Spf.check(zone, "example.org", InetAddress.getByName(address));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v=spf1 ip4:192.0.2.0/28 -all | 192.0.2.15 | PASS | 0",
                "v=spf1 ip4:192.0.2.0/28 -all | 192.0.2.16 | FAIL | 0",
                "v=spf1 ip4:192.0.2.1 ~all | 192.0.2.2 | SOFTFAIL | 0",
                "v=spf1 ?all | 192.0.2.2 | NEUTRAL | 0",
                "v=spf1 | 192.0.2.2 | NEUTRAL | 0",
                "V=SPF1 A -ALL | 192.0.2.10 | PASS | 1",
                "v=spf1 a:mx.example.org/24 -all | 192.0.2.99 | PASS | 1",
                "v=spf1 mx -all | 192.0.2.20 | PASS | 1",
                "v=spf1 mx -all | 2001:db8::20 | PASS | 1",
                "v=spf1 ip6:2001:db8::/32 -all | 2001:db8:1::5 | PASS | 0",
                "v=spf1 ip6:2001:db8::/32 -all | 192.0.2.5 | FAIL | 0",
                "v=spf1 include:_spf.provider.example -all | 198.51.100.9 | PASS | 1",
                "v=spf1 include:strict.provider.example ip4:192.0.2.5 -all | 192.0.2.5 | PASS | 1",
                "v=spf1 redirect=strict.provider.example | 203.0.113.7 | PASS | 1",
                "v=spf1 redirect=strict.provider.example | 203.0.113.8 | FAIL | 1",
                "v=spf1 -ip4:192.0.2.5 +all | 192.0.2.5 | FAIL | 0",
                "v=spf1 exists:%{i}.list.example a:%{d} -all | 192.0.2.5 | FAIL | 2",
                "v=spf1 include:%{ir}.%{v}.%{d}.spf.hosted.example -all | 192.0.2.5 | FAIL | 1",
                "v=spf1 redirect=%{d}.hosted.example | 192.0.2.5 | NEUTRAL | 1",
                "v=spf1 mx:%{d} -all | 192.0.2.5 | FAIL | 1",
                "v=spf1 ip4:192.0.2.5 include:_spf.provider.example a mx -all exp=why.example | 192.0.2.5 | PASS | 3",
            })
    void anAddressIsJudgedAsReceiversDo(String record, String address, Spf.Result result, int lookups)
            throws Exception {
        assertEquals(new Spf.Checked(result, lookups), check(record, address));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v=spf1 include:nothing.example -all | includes nothing.example",
                "v=spf1 redirect=nothing.example | points to nothing.example",
                "v=spf1 ipv4:192.0.2.1 -all | no mechanism",
                "v=spf1 ip4:192.0.2.999 -all | no address",
                "v=spf1 ip4:face.cafe -all | no address",
                "v=spf1 include:example.org -all | is there a circle",
                "v=spf1 a:n1.example a:n2.example a:n3.example -all | 3 hosts that the DNS does not know",
                "v=spf1 a a a a a a a a a a a -all | 11 lookups",
            })
    void whatReceiversTakeForBrokenIsSaid(String record, String words) {
        Spf.BrokenException broken = assertThrows(Spf.BrokenException.class, () -> check(record, "192.0.2.77"));
        assertTrue(broken.getMessage().contains(words), broken.getMessage());
    }

    @Test
    void twoRecordsAreOneTooMany() {
        zone.with("example.org", Kind.TXT, "v=spf1 a -all", "v=spf1 mx -all");
        assertThrows(
                Spf.BrokenException.class, () -> Spf.check(zone, "example.org", InetAddress.getByName("192.0.2.1")));
    }

    @Test
    void aDomainWithoutARecordHasNone() throws Exception {
        assertEquals(
                new Spf.Checked(Spf.Result.NONE, 0),
                Spf.check(zone, "other.example", InetAddress.getByName("192.0.2.1")));
    }
}
