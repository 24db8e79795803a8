package io.grayrelease.cli;

import io.grayrelease.cli.portal.PortalPlace;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** From an argument to the namespace that it names. */
final class PortalPlaceConverter implements ITypeConverter<PortalPlace> {
    @Override
    public PortalPlace convert(String value) {
        try {
            return PortalPlace.of(value);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + value + "' is no namespace of a portal: " + e.getMessage());
        }
    }
}
