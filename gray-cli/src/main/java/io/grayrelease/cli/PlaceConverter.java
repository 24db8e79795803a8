package io.grayrelease.cli;

import io.grayrelease.cli.text.PolicyText;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** From an argument to the place that it names. */
final class PlaceConverter implements ITypeConverter<PolicyText> {
    @Override
    public PolicyText convert(String value) {
        try {
            return PolicyText.at(value);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + value + "' is no place of a policy: " + e.getMessage());
        }
    }
}
