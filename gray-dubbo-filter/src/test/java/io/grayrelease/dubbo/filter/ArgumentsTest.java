package io.grayrelease.dubbo.filter;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ArgumentsTest {
    private static final AtomicInteger TOUCHED = new AtomicInteger();

    enum Level {
        GOLD {
            @Override
            public String toString() {
                return "golden";
            }
        }
    }

    record Address(String city) {}

    static class Customer {
        public String getName() {
            return "Ann";
        }

        public boolean isVip() {
            return true;
        }

        public Address getAddress() {
            return new Address("Berlin");
        }

        public String getBroken() {
            throw new IllegalStateException("on purpose");
        }

        public String delete() {
            TOUCHED.incrementAndGet();
            return "deleted";
        }

        public static String getShared() {
            return "static";
        }

        private String getSecret() {
            return "secret";
        }

        @Override
        public String toString() {
            return getSecret();
        }
    }

    private static String read(Object argument, String... path) {
        return Arguments.text(new Object[] {argument}, 0, Arrays.asList(path));
    }

    @Test
    void singleValues_areTheirText() {
        assertThat(read("a")).isEqualTo("a");
        assertThat(read(-7L)).isEqualTo("-7");
        assertThat(read(true)).isEqualTo("true");
        assertThat(read('c')).isEqualTo("c");
        assertThat(read(new BigDecimal("1E+3"))).isEqualTo("1000");
        assertThat(read(Level.GOLD)).isEqualTo("GOLD");
    }

    @Test
    void members_areMapKeysGettersAndRecordComponents() {
        assertThat(read(Map.of("a", Map.of("b", 1)), "a", "b")).isEqualTo("1");
        assertThat(read(new Customer(), "name")).isEqualTo("Ann");
        assertThat(read(new Customer(), "vip")).isEqualTo("true");
        assertThat(read(new Customer(), "address", "city")).isEqualTo("Berlin");
    }

    @Test
    void anythingAbsent_isMissing() {
        assertThat(read(null)).isNull();
        assertThat(read(null, "a")).isNull();
        assertThat(read(new Customer(), "age")).isNull();
        assertThat(read(new Customer(), "name", "length")).isNull();
        assertThat(read(new HashMap<>(), "a", "b")).isNull();
        assertThat(Arguments.text(new Object[0], 0, List.of())).isNull();
        assertThat(Arguments.text(null, 0, List.of())).isNull();
    }

    @Test
    void composedValues_haveNoText() {
        assertThat(read(new Customer())).isNull();
        assertThat(read(List.of("a"))).isNull();
        assertThat(read(new String[] {"a"})).isNull();
        assertThat(read(Map.of())).isNull();
    }

    @Test
    void whatCannotOrMustNotBeRead_isMissing() {
        assertThat(read(new Customer(), "broken")).isNull();
        assertThat(read(new Customer(), "secret")).isNull();
        assertThat(read(new Customer(), "shared")).isNull();
        assertThat(read(new Customer(), "class")).isNull();
        assertThat(read(new Customer(), "delete")).isNull();
        assertThat(read(new Address("x"), "toString")).isNull();
        assertThat(TOUCHED).hasValue(0);
    }
}
