package org.dailypapers.web;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.config.spi.Converter;

/** Network addresses and blocks of them (RFC 4632 §3.1), as a setting names them. */
public final class AddressBlocks {

    /** None. */
    public static final AddressBlocks NONE = new AddressBlocks(List.of());

    private static final int ANY_PORT = 0;

    private final List<IpSubnetFilterRule> blocks;

    private AddressBlocks(List<IpSubnetFilterRule> blocks) {
        this.blocks = blocks;
    }

    /**
     * Reads addresses and blocks with commas or blanks between.
     *
     * @throws IllegalArgumentException where one is neither; its message says which
     */
    public static AddressBlocks parse(String text) {
        return new AddressBlocks(Arrays.stream(text.split("[,\\s]+"))
                .filter(one -> !one.isEmpty())
                .map(AddressBlocks::block)
                .toList());
    }

    private static IpSubnetFilterRule block(String text) {
        String[] parts = text.split("/", -1);
        byte[] address = NetUtil.createByteArrayFromIpAddressString(parts[0]);
        int bits = address == null ? 0 : address.length * 8;
        try {
            int length = parts.length == 1 ? bits : Integer.parseInt(parts[1]);
            if (address != null && parts.length <= 2 && length >= 0 && length <= bits) {
                return new IpSubnetFilterRule(InetAddress.getByAddress(address), length, IpFilterRuleType.ACCEPT);
            }
        } catch (NumberFormatException | UnknownHostException e) {
            throw new IllegalArgumentException(fault(text), e);
        }
        throw new IllegalArgumentException(fault(text));
    }

    private static String fault(String text) {
        return text + " is no address and no block of addresses; write it like 192.0.2.7 or 10.0.0.0/8";
    }

    /** Reads them from a setting. */
    public static final class Reading implements Converter<AddressBlocks> {
        @Override
        public AddressBlocks convert(String text) {
            return parse(text);
        }
    }

    /** True for an address that is named, or in a block that is; false for what is no numeric address. */
    public boolean hold(String address) {
        byte[] bytes = address == null ? null : NetUtil.createByteArrayFromIpAddressString(address);
        if (bytes == null) {
            return false;
        }
        try {
            // An IPv4 address that is mapped into IPv6 becomes one of IPv4 here.
            var peer = new InetSocketAddress(InetAddress.getByAddress(bytes), ANY_PORT);
            return blocks.stream().anyMatch(block -> block.matches(peer));
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
