package io.grayrelease.gateway.servlet;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.grayrelease.gateway.Entry;
import io.grayrelease.gateway.EntrySettings;
import io.grayrelease.policy.source.PolicyRepository;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** Every way by which an application reads headers. */
class CleanRequestTest {
    private static final String[] SENT = {
        "Gray-Uid",
        "7",
        "x-gray-tag",
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Baggage",
        "a=b,gray.tag=T",
        "x-number",
        "5",
        "x-date",
        "Sun, 06 Nov 1994 08:49:37 GMT"
    };

    @TempDir
    Path folder;

    @Test
    void texts() throws Exception {
        assertThat(seen(request -> request.getHeader("gray-uid"))).isEqualTo("null");
        assertThat(seen(request -> request.getHeader("baggage"))).isEqualTo("a=b");
        assertThat(seen(request -> Collections.list(request.getHeaders("GRAY-UID"))))
                .isEqualTo("[]");
        assertThat(seen(request -> Collections.list(request.getHeaders("baggage"))))
                .isEqualTo("[a=b]");
        assertThat(seen(request -> Collections.list(request.getHeaderNames()).stream()
                        .filter(name -> name.startsWith("gray") || name.startsWith("x-") || name.equals("baggage"))
                        .sorted()
                        .toList()))
                .isEqualTo("[baggage, x-date, x-number]");
    }

    @Test
    void numbersAndDates() throws Exception {
        assertThat(seen(request -> request.getIntHeader("gray-uid"))).isEqualTo("-1");
        assertThat(seen(request -> request.getIntHeader("x-number"))).isEqualTo("5");
        assertThat(seen(request -> request.getDateHeader("x-gray-tag"))).isEqualTo("-1");
        assertThat(seen(request -> request.getDateHeader("x-date"))).isEqualTo("784111777000");
    }

    @Test
    void aHeaderWithoutAName_isNone() throws Exception {
        assertThat(seen(request -> request.getHeader(null))).isEqualTo("null");
    }

    @Test
    void ofAnAsynchronousStart() throws Exception {
        assertThat(seen(request -> {
                    AsyncContext async = request.startAsync();
                    HttpServletRequest kept = (HttpServletRequest) async.getRequest();
                    HttpServletRequest later =
                            (HttpServletRequest) request.getAsyncContext().getRequest();
                    async.complete();
                    return kept.getHeader("gray-uid") + " " + later.getHeader("gray-uid") + " "
                            + async.hasOriginalRequestAndResponse();
                }))
                .isEqualTo("null null true");
    }

    @Test
    void ofAnAsynchronousStart_withTheApplicationsOwn() throws Exception {
        assertThat(seen(request -> {
                    HttpServletRequest own = new HttpServletRequestWrapper(request);
                    AsyncContext async = request.startAsync(own, response(request));
                    async.complete();
                    return (async.getRequest() == own) + " " + async.hasOriginalRequestAndResponse();
                }))
                .isEqualTo("true false");
    }

    private static ServletResponse response(HttpServletRequest request) {
        return (ServletResponse) request.getAttribute("response");
    }

    @Test
    void ofAListener() throws Exception {
        CompletableFuture<AsyncEvent> plain = new CompletableFuture<>();
        CompletableFuture<AsyncEvent> supplied = new CompletableFuture<>();
        HttpServletRequest[] own = new HttpServletRequest[1];
        seen(request -> {
            AsyncContext async = request.startAsync();
            own[0] = request;
            async.addListener(new Completed(plain));
            async.addListener(new Completed(supplied), request, response(request));
            async.complete();
            return "";
        });

        AsyncEvent event = plain.get(20, TimeUnit.SECONDS);
        assertThat(event.getAsyncContext()).isInstanceOf(CleanAsyncContext.class);
        assertThat(event.getSuppliedRequest()).isNull();
        assertThat(supplied.get(20, TimeUnit.SECONDS).getSuppliedRequest()).isSameAs(own[0]);
    }

    /** Behind a forward, too. */
    @Test
    void anAsynchronousDispatch_goesWhereItGoesWithoutTheFilter() throws Exception {
        String with = dispatched(new GrayServletFilter(edge()));

        assertThat(with).isEqualTo("/from ASYNC true null null");
        assertThat(dispatched((request, response, chain) -> chain.doFilter(request, response)))
                .isEqualTo(with.replace("null null", "7 T"));
    }

    private String dispatched(Filter filter) throws Exception {
        try (TomcatServer tomcat = TomcatServer.in(folder).filter("/*", filter).start(new Forwarding())) {
            return tomcat.send("/from", "gray-uid", "7", "x-gray-tag", "T").body();
        }
    }

    /** Starts asynchronously behind a forward, and answers once it is dispatched. */
    private static final class Forwarding extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            switch (request.getDispatcherType()) {
                case REQUEST -> request.getRequestDispatcher("/to").forward(request, response);
                case FORWARD -> {
                    AsyncContext async = request.startAsync();
                    request.setAttribute("original", async.hasOriginalRequestAndResponse());
                    async.dispatch();
                }
                default -> response.getWriter()
                        .print(request.getRequestURI() + " " + request.getDispatcherType() + " "
                                + request.getAttribute("original") + " " + request.getHeader("gray-uid") + " "
                                + request.getHeader("x-gray-tag"));
            }
        }
    }

    /** Waits for the end of a request. */
    private static final class Completed implements AsyncListener {
        private final CompletableFuture<AsyncEvent> event;

        private Completed(CompletableFuture<AsyncEvent> event) {
            this.event = event;
        }

        @Override
        public void onComplete(AsyncEvent completed) {
            event.complete(completed);
        }

        @Override
        public void onTimeout(AsyncEvent timeout) {}

        @Override
        public void onError(AsyncEvent error) {}

        @Override
        public void onStartAsync(AsyncEvent started) {}
    }

    @Test
    void trailers() throws Exception {
        try (TomcatServer tomcat = serving(request -> new TreeMap<>(request.getTrailerFields()));
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), tomcat.port())) {
            PrintWriter out = new PrintWriter(socket.getOutputStream(), true, StandardCharsets.US_ASCII);
            out.print(
                    """
                    POST / HTTP/1.1
                    Host: a
                    Connection: close
                    Transfer-Encoding: chunked
                    Trailer: gray-tag, baggage, x-sum

                    1
                    a
                    0
                    Gray-Tag: T
                    Baggage: gray.tag=T
                    X-Sum: 9

                    """
                            .replace("\n", "\r\n"));
            out.flush();

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .contains("{x-sum=9}");
        }
    }

    /** The specification lets it, where headers must not be read. */
    @Test
    void ofAContainerThatAnswersNull() throws Exception {
        HttpServletRequest request = (HttpServletRequest) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> null);
        CleanRequest clean = new CleanRequest(request);

        assertThat(clean.getHeader("x")).isNull();
        assertThat(clean.getHeader("baggage")).isNull();
        assertThat(clean.getHeaderNames().hasMoreElements()).isFalse();
        assertThat(new ServletHead(request).names()).isEmpty();
        assertThat(new ServletHead(request).headers("x")).isEqualTo(List.of());
    }

    private String seen(Function<HttpServletRequest, Object> read) throws Exception {
        try (TomcatServer tomcat = serving(read)) {
            return tomcat.send("/", SENT).body();
        }
    }

    private TomcatServer serving(Function<HttpServletRequest, Object> read) throws Exception {
        return TomcatServer.in(folder)
                .filter("/*", new GrayServletFilter(edge()))
                .start(new Reader(read));
    }

    private static Entry edge() {
        PolicyRepository none = PolicyRepository.inMemory(Clock.systemUTC());
        return Entry.of(EntrySettings.builder().build(), none::current);
    }

    /** Answers with what it reads of a request. */
    private static final class Reader extends HttpServlet {
        private static final long serialVersionUID = 1;

        private final transient Function<HttpServletRequest, Object> read;

        private Reader(Function<HttpServletRequest, Object> read) {
            this.read = read;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            request.getInputStream().readAllBytes(); // trailers come behind
            request.setAttribute("response", response);
            response.getWriter().print(read.apply(request));
        }
    }
}
