package io.grayrelease.cli.explain;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A service that a person asks about: {@code com.acme.OrderService}, or {@code com.acme.OrderService@order-app}. */
record Service(String name, @Nullable String application) {
    static final class Converter implements ITypeConverter<Service> {
        @Override
        public Service convert(String text) {
            int at = text.indexOf('@');
            if (text.isEmpty() || at == 0 || at == text.length() - 1) {
                throw new TypeConversionException(
                        "'" + text + "' is no service: expected INTERFACE or INTERFACE@APPLICATION");
            }
            return at < 0 ? new Service(text, null) : new Service(text.substring(0, at), text.substring(at + 1));
        }
    }
}
