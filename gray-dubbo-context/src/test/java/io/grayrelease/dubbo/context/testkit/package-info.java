/**
 * For the tests of services: finds tags that survive on a thread into the next task. Start at {@link
 * io.grayrelease.dubbo.context.testkit.CleanThreads}.
 */
package io.grayrelease.dubbo.context.testkit;
