package io.grayrelease.gateway.triple;

import org.apache.dubbo.remoting.http12.HttpMethods;
import org.apache.dubbo.remoting.http12.rest.Mapping;
import org.apache.dubbo.remoting.http12.rest.Param;
import org.apache.dubbo.remoting.http12.rest.ParamType;

/** The service at the edge, as REST. */
@Mapping("/orders")
public interface RestOrder {
    /** As {@link Order#order}. */
    @Mapping(path = "/{item}", method = HttpMethods.GET)
    String order(@Param(value = "item", type = ParamType.PathVariable) String item);
}
