package io.grayrelease.nginx.parity;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

import io.grayrelease.nginx.parity.HttpCase.Header;

/** Makes requests that say what policies of {@link PolicyGenerator} ask for, well formed or not. Not thread-safe. */
final class RequestGenerator {
    private static final List<String> CLIENTS = List.of(
            "10.1.2.3",
            "10.200.0.1",
            "192.168.7.9",
            "172.16.5.4",
            "8.8.8.8",
            "fd00::1",
            "2001:db8::7",
            "::1",
            "garbage");
    private static final List<String> FORGED = List.of(
            "x-gray-tag: T",
            "X-Gray-Tag: search-v5",
            "gray-tag: T",
            "gray-uid: 7",
            "x-gray-sig: 1.A",
            "dubbo.tag: T",
            "tri-header-convert: {\"x-evil\":\"gray-tag\"}",
            "baggage: gray.tag=T",
            "baggage: a=b, gray.tag=T;p=1 ,c=d",
            "baggage: gray.tag=T,gray.tag=U,k=v",
            "Baggage: k=v;x=y , l=m",
            "baggage: a=%25b+c,gray%2Etag=T,+gray.tag=T,%2567ray.tag=U,k=v",
            "baggage: xgray.tag=1,gray.tagx=2,gray.tag =3");

    private final Random random;

    RequestGenerator(Random random) {
        this.random = random;
    }

    HttpCase next() {
        List<Header> headers = new ArrayList<>();
        List.of("x-uid", "x-gray-token", "x-app", "X-Env").forEach(name -> maybe(headers, name));
        cookies(headers);
        if (random.nextInt(2) == 0) {
            headers.add(new Header("X-Forwarded-For", Words.oneOf(random, CLIENTS)));
        }
        if (random.nextInt(3) == 0) {
            String[] forged = Words.oneOf(random, FORGED).split(": ", 2);
            headers.add(new Header(forged[0], forged[1]));
        }
        return new HttpCase(query(), headers);
    }

    private void maybe(List<Header> headers, String name) {
        int times = List.of(0, 0, 1, 1, 1, 1, 1, 2).get(random.nextInt(8));
        for (int i = 0; i < times; i++) {
            headers.add(new Header(inSomeCase(name), random.nextInt(15) == 0 ? "" : Words.any(random)));
        }
    }

    private void cookies(List<Header> headers) {
        int times = List.of(0, 1, 1, 1, 2).get(random.nextInt(5));
        for (int i = 0; i < times; i++) {
            List<String> cookies = new ArrayList<>();
            int size = 1 + random.nextInt(3);
            for (int j = 0; j < size; j++) {
                String name = Words.oneOf(random, List.of("beta", "Seg", "uid", "other", "betax"));
                cookies.add(
                        inSomeCase(name) + Words.oneOf(random, List.of("=", "=", "=", " = ", "")) + Words.any(random));
            }
            headers.add(new Header("Cookie", String.join(Words.oneOf(random, List.of("; ", ";", ", ")), cookies)));
        }
    }

    private String query() {
        List<String> parameters = new ArrayList<>();
        int size = random.nextInt(4);
        for (int i = 0; i < size; i++) {
            String name = Words.oneOf(random, List.of("p", "Q_1", "uid", "pp", ""));
            parameters.add(inSomeCase(name)
                    + (random.nextInt(8) == 0 ? "" : "=")
                    + Words.any(random).replaceAll("[ #&]", "%20"));
        }
        return parameters.isEmpty() && random.nextBoolean() ? null : String.join("&", parameters);
    }

    private String inSomeCase(String name) {
        return switch (random.nextInt(4)) {
            case 0 -> name.toUpperCase(Locale.ROOT);
            case 1 -> name.toLowerCase(Locale.ROOT);
            default -> name;
        };
    }
}
