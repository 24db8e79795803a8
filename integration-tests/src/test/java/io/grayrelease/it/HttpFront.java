package io.grayrelease.it;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Supplier;

import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.server.WebHandler;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

import io.grayrelease.dubbo.context.GrayContext;
import io.grayrelease.gateway.Entry;
import io.grayrelease.gateway.servlet.GrayServletFilter;
import io.grayrelease.gateway.webflux.GrayWebFilter;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** A real server with the entry, which answers with the paths of the calls that it makes for a request. */
final class HttpFront implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final URI uri;
    private final AutoCloseable server;

    private HttpFront(int port, AutoCloseable server) {
        this.uri = URI.create("http://127.0.0.1:" + port + "/?p=q");
        this.server = server;
    }

    /** The body of the answer; the headers are names and values in turn. */
    String get(String... headers) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri).headers(headers).build();
        return HTTP.send(request, BodyHandlers.ofString()).body();
    }

    @Override
    public void close() throws Exception {
        server.close();
    }

    static HttpFront servlet(Entry entry, Path folder, Supplier<String> calls) throws LifecycleException {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(folder.resolve("tomcat").toString());
        tomcat.setPort(0);
        Context context = tomcat.addContext("", folder.toString());
        FilterDef filter = new FilterDef();
        filter.setFilterName("gray");
        filter.setFilter(new GrayServletFilter(entry));
        context.addFilterDef(filter);
        FilterMap mapping = new FilterMap();
        mapping.setFilterName("gray");
        mapping.addURLPattern("/*");
        context.addFilterMap(mapping);
        Tomcat.addServlet(context, "front", new Front(calls));
        context.addServletMappingDecoded("/*", "front");
        tomcat.start();
        return new HttpFront(tomcat.getConnector().getLocalPort(), () -> {
            tomcat.stop();
            tomcat.destroy();
        });
    }

    private static final class Front extends HttpServlet {
        private static final long serialVersionUID = 1;
        private final transient Supplier<String> calls;

        Front(Supplier<String> calls) {
            this.calls = calls;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print(calls.get());
        }
    }

    static HttpFront webFlux(Entry entry, Supplier<String> calls) {
        WebHandler handler = exchange -> Mono.deferContextual(reactor -> answer(reactor.get(GrayWebFilter.KEY), calls))
                .flatMap(body -> exchange.getResponse()
                        .writeWith(Mono.just(
                                exchange.getResponse().bufferFactory().wrap(body.getBytes(StandardCharsets.UTF_8)))));
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(WebHttpHandlerBuilder.webHandler(handler)
                        .filter(new GrayWebFilter(entry))
                        .build()))
                .bindNow();
        return new HttpFront(server.port(), server::disposeNow);
    }

    /** Calls wait, so they are made elsewhere. */
    private static Mono<String> answer(GrayContext context, Supplier<String> calls) {
        return Mono.fromCallable(() -> {
                    try (GrayContext.Scope request = GrayContext.open(context)) {
                        return calls.get();
                    }
                })
                .subscribeOn(Schedulers.boundedElastic());
    }
}
