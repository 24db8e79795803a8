package io.grayrelease.gateway.servlet;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;

import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;

/** A real Tomcat with filters and one servlet, that answers errors too. */
final class TomcatServer implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final Tomcat tomcat = new Tomcat();
    private final Context context;
    private int filters;

    private TomcatServer(Path folder) {
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        context = tomcat.addContext("", folder.toString());
    }

    static TomcatServer in(Path folder) {
        return new TomcatServer(folder);
    }

    /** Another filter, for all kinds of dispatch. */
    TomcatServer filter(String path, Filter filter) {
        FilterDef definition = new FilterDef();
        definition.setFilterName("filter" + filters++);
        definition.setFilter(filter);
        definition.setAsyncSupported("true");
        context.addFilterDef(definition);
        FilterMap mapping = new FilterMap();
        mapping.setFilterName(definition.getFilterName());
        mapping.addURLPattern(path);
        for (DispatcherType type : DispatcherType.values()) {
            mapping.setDispatcher(type.name());
        }
        context.addFilterMap(mapping);
        return this;
    }

    TomcatServer start(HttpServlet servlet) throws LifecycleException {
        Tomcat.addServlet(context, "servlet", servlet).setAsyncSupported(true);
        context.addServletMappingDecoded("/*", "servlet");
        ErrorPage error = new ErrorPage();
        error.setLocation("/error");
        error.setErrorCode(500);
        context.addErrorPage(error);
        tomcat.getConnector().setProperty("allowedTrailerHeaders", "gray-tag,baggage,x-sum");
        tomcat.start();
        return this;
    }

    HttpResponse<String> send(String path, String... headers) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port() + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        return http.send(
                headers.length == 0 ? request.build() : request.headers(headers).build(), BodyHandlers.ofString());
    }

    int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }
}
