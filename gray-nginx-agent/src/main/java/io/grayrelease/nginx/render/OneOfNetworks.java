package io.grayrelease.nginx.render;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.model.IpBlock;

/** Whether the address of a client lies in some networks. Nginx gives an address, or the text {@code unix:}. */
final class OneOfNetworks {
    private static final String UNIX = "unix:";

    private OneOfNetworks() {}

    static String write(Declarations declarations, Collection<String> literals, Answers answers) {
        Set<String> networks = new TreeSet<>(); // what is written twice in two ways is one
        for (String literal : literals) {
            String network = network(literal);
            if (network != null) {
                networks.add(network);
            }
        }
        String inside = declarations.geo("$remote_addr", networks);
        MapTable table = MapTable.of(inside + " ${remote_addr}", answers.miss());
        // geo takes what is no address for 255.255.255.255
        table.whenMatches("^1? unix\\x3a", literals.contains(UNIX) ? answers.hit() : answers.miss());
        return declarations.map(table.whenMatches("^1? \\z", answers.missing()).whenMatches("^1 ", answers.hit()));
    }

    /** An address or a network as Nginx wants it, without host bits; null if it is none. */
    static @Nullable String network(String literal) {
        if (IpBlock.parse(literal) == null) {
            return null;
        }
        int slash = literal.indexOf('/');
        byte[] address = IpBlock.address(slash < 0 ? literal : literal.substring(0, slash));
        if (address == null) {
            return null;
        }
        int bits = address.length * 8;
        return masked(address, slash < 0 ? bits : Integer.parseInt(literal.substring(slash + 1)));
    }

    private static String masked(byte[] address, int prefix) {
        byte[] network = address.clone();
        for (int i = 0; i < network.length; i++) {
            int kept = Math.max(0, Math.min(8, prefix - 8 * i));
            network[i] &= (byte) (0xff00 >> kept);
        }
        String text = text(network);
        return prefix == network.length * 8 ? text : text + "/" + prefix; // nginx cannot read 255.255.255.255/32
    }

    private static String text(byte[] address) {
        try {
            return InetAddress.getByAddress(address).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("of " + address.length + " bytes", e);
        }
    }
}
