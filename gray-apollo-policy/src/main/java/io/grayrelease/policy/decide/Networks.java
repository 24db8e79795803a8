package io.grayrelease.policy.decide;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.grayrelease.policy.model.IpBlock;

/**
 * The addresses and networks among the literals of an {@code ip} predicate. Single addresses are looked up by their
 * bytes, so that a list of a million of them costs what one does; only CIDR blocks are tried one by one. Immutable.
 */
final class Networks {
    private final Set<ByteBuffer> addresses = new HashSet<>();
    private final List<IpBlock> blocks = new ArrayList<>();

    Networks(Collection<String> literals) {
        literals.forEach(this::add);
    }

    private void add(String literal) {
        byte[] address = IpBlock.address(literal);
        IpBlock block = IpBlock.parse(literal);
        if (address != null) {
            addresses.add(ByteBuffer.wrap(address));
        } else if (block != null) {
            blocks.add(block);
        }
    }

    /** Whether a text is an address that one of the literals means. */
    boolean contain(String text) {
        byte[] address = IpBlock.address(text);
        return address != null && (addresses.contains(ByteBuffer.wrap(address)) || isInBlock(address));
    }

    private boolean isInBlock(byte[] address) {
        for (IpBlock block : blocks) {
            if (block.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
