package io.grayrelease.dubbo.router;

/** The service that the tests call. */
interface TestService {
    String hello();
}
