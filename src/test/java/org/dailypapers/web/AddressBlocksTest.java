package org.dailypapers.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressBlocksTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.1.2, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "10.9.9.9/8, 10.1.1.1, true",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.8, false",
        "192.0.2.7 10.0.0.0/8, 10.0.0.1, true",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "::1, 0:0:0:0:0:0:0:1, true",
        "10.0.0.0/8, ::ffff:10.1.2.3, true",
        "10.0.0.0/8, papers.example.org, false",
        "'', 127.0.0.1, false"
    })
    void anAddressIsHeldByItsBlockAlone(String blocks, String address, boolean held) {
        assertEquals(held, AddressBlocks.parse(blocks == null ? "" : blocks).hold(address));
    }

    @Test
    void severalStandWithCommasOrBlanksBetween() {
        AddressBlocks blocks = AddressBlocks.parse(" 10.0.0.0/8,192.0.2.7 ,\t2001:db8::/32,");
        for (String address : new String[] {"10.1.1.1", "192.0.2.7", "2001:db8::9"}) {
            assertTrue(blocks.hold(address), address);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0.0.0/8/8",
                "10.0.0/8",
                "::1/129",
                "prometheus",
                "*",
                "10.0.0.0-10.0.0.9",
                "10.0.0.1:9090"
            })
    void whatIsNeitherIsRefusedByName(String text) {
        String fault = assertThrows(IllegalArgumentException.class, () -> AddressBlocks.parse("192.0.2.7, " + text))
                .getMessage();
        assertTrue(fault.startsWith(text + " is no address"), fault);
    }
}
