package io.grayrelease.cli;

import io.grayrelease.cli.fleet.ZooKeeperPlace;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** From an argument to the ZooKeeper that it names. */
final class ZooKeeperPlaceConverter implements ITypeConverter<ZooKeeperPlace> {
    @Override
    public ZooKeeperPlace convert(String value) {
        try {
            return ZooKeeperPlace.of(value);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + value + "' is no ZooKeeper: " + e.getMessage());
        }
    }
}
