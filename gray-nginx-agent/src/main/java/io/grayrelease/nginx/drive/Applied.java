package io.grayrelease.nginx.drive;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What is in force in Nginx. Immutable.
 *
 * @param revision counts up with every change; 0: nothing was ever applied. Where policies are pushed, they are counted together with
 *     the files, and the revision is that of whichever came into force last
 * @param policy the hash of the policy it was made of; null: of none
 * @param at when Nginx first answered with it
 * @param served whether Nginx was asked, and answered with it; false: it does not run, and will serve it when it starts
 */
public record Applied(long revision, @Nullable String policy, Instant at, boolean served) {}
