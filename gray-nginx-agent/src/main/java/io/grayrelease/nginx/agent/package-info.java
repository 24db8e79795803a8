/** The program that keeps one Nginx on the policy: start at {@link io.grayrelease.nginx.agent.Agent}. */
package io.grayrelease.nginx.agent;
