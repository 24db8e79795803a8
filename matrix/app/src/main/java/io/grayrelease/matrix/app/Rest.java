package io.grayrelease.matrix.app;

import org.apache.dubbo.remoting.http12.HttpMethods;
import org.apache.dubbo.remoting.http12.rest.Mapping;
import org.apache.dubbo.remoting.http12.rest.Param;

/** What HTTP clients call; Dubbo 3.3 serves it on the port of Triple. */
@Mapping("/rest")
public interface Rest {
    /** Does a {@link Task} as {@link Calls#call} does. */
    @Mapping(path = "/call", method = HttpMethods.GET)
    String call(@Param("task") String task);
}
