/**
 * The order service with its data, in two versions. What a service developer writes is here: the table and the two mappers,
 * {@link io.grayrelease.demo.data.service.OrderStores} with the two DataSources, and {@code MigratedOrders}, which reads and
 * writes through the migration.
 */
package io.grayrelease.demo.data.service;
