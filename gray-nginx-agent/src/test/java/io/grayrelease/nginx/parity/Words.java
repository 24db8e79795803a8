package io.grayrelease.nginx.parity;

import java.util.List;
import java.util.Random;

/** Texts that policies and requests are made of: few, so that they meet, and as awkward as people and attackers write them. */
final class Words {
    private static final List<String> ALL = List.of(
            "ios",
            "IOS",
            "Ios-17",
            "ios-17.2",
            "android",
            "a b",
            "0",
            "7",
            "007",
            "-5",
            "-0",
            "99",
            "100",
            "1001",
            "1234567890123",
            "18446744073709551616",
            "-98765432109876543210987",
            "+5",
            "5.0",
            "q\"uote",
            "it's",
            "back\\slash",
            "\\E.*\\Q",
            "do$llar",
            "${uid}",
            "{brace}",
            "~tilde",
            "~*^.*$",
            "default",
            "\\default",
            "hostnames",
            "include",
            "volatile",
            "x=y",
            "100%",
            "*",
            "a*b",
            "(?i)IOS",
            "[a-z]+",
            "#hash",
            "10.1.2.3",
            "a.b?c=d",
            "a-very-long-value-that-does-not-fit-into-one-bucket-of-a-hash-table-of-nginx",
            "1234567890123456789012345678901234567890123456789012345678901234567890",
            "\u00e9t\u00e9",
            "\u5f20\u4e09");

    private Words() {}

    static String any(Random random) {
        return random.nextInt(3) == 0 ? Integer.toString(random.nextInt(2_000)) : ALL.get(random.nextInt(ALL.size()));
    }

    static <T> T oneOf(Random random, List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
