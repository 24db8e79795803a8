package io.grayrelease.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.springframework.web.filter.OncePerRequestFilter;

import io.grayrelease.gateway.Entry;
import io.grayrelease.gateway.EntrySettings;
import io.grayrelease.gateway.servlet.GrayServletFilter;
import io.grayrelease.policy.source.PolicyRepository;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * The servlet filter of the HTTP entry beside none and beside a Spring filter that only copies a header: whole requests on a
 * connection that is kept alive, and the filter alone on a request that a Tomcat holds.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EntryBenchmark {
    private static final String HEAD = String.join(
            "\r\n",
            "GET /shop/orders?page=2&uid=1 HTTP/1.1",
            "Host: shop.example.com",
            "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36",
            "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language: en-GB,en;q=0.5",
            "Accept-Encoding: gzip, deflate, br",
            "Referer: https://shop.example.com/",
            "Cookie: session=3f9a1c7be0d24c55; theme=dark; locale=en_GB",
            "X-Forwarded-For: 203.0.113.9",
            "X-Request-Id: 7b1f6f1e-53c2-4a0e-9d7e-2f0f1a3c5d77",
            "X-App: ios",
            "X-Uid: " + Policies.NO_USER,
            "",
            "");

    /** A copy of the request id where handlers find it, as many services have it. */
    private static final class CopyingFilter extends OncePerRequestFilter {
        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            request.setAttribute("request.id", request.getHeader("x-request-id"));
            chain.doFilter(request, response);
        }
    }

    private static Filter copying() {
        return new CopyingFilter();
    }

    private static Filter gray(int rules) {
        PolicyRepository repository = PolicyRepository.inMemory(Clock.systemUTC());
        repository.offer(Policies.rules(rules, 1_000));
        if (repository.current() == null) {
            throw new IllegalStateException("not accepted: " + repository.status());
        }
        return new GrayServletFilter(Entry.of(EntrySettings.builder().build(), repository::current));
    }

    /** A Tomcat with at most one filter. */
    private static final class Server {
        private final Tomcat tomcat = new Tomcat();

        Server(@Nullable Filter filter, HttpServlet servlet) throws Exception {
            tomcat.setBaseDir(System.getProperty("java.io.tmpdir"));
            tomcat.setHostname("127.0.0.1");
            tomcat.setPort(0);
            tomcat.getConnector().setProperty("maxKeepAliveRequests", "-1");
            Context context = tomcat.addContext("", null);
            if (filter != null) {
                FilterDef definition = new FilterDef();
                definition.setFilterName("filter");
                definition.setFilter(filter);
                context.addFilterDef(definition);
                FilterMap mapping = new FilterMap();
                mapping.setFilterName("filter");
                mapping.addURLPattern("/*");
                context.addFilterMap(mapping);
            }
            Tomcat.addServlet(context, "servlet", servlet);
            context.addServletMappingDecoded("/", "servlet");
            tomcat.start();
        }

        Socket connect() throws IOException {
            Socket socket = new Socket(
                    InetAddress.getLoopbackAddress(), tomcat.getConnector().getLocalPort());
            socket.setTcpNoDelay(true);
            return socket;
        }

        void stop() throws Exception {
            tomcat.stop();
            tomcat.destroy();
        }
    }

    /** Answers at once, with a body of a known length. */
    private static final class Answering extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentLength(2);
            response.getOutputStream().write(new byte[] {'o', 'k'});
        }
    }

    /** A connection to a server, kept alive. */
    @State(Scope.Thread)
    public static class Connection {
        /** What the server has before its servlet. */
        @Param({"none", "copies a header", "entry, 1 rule", "entry, 50 rules"})
        public String filter;

        private Server server;
        private Socket socket;
        private InputStream answers;
        private final byte[] request = HEAD.getBytes(StandardCharsets.US_ASCII);

        @Setup
        public void start() throws Exception {
            server = new Server(filter(filter), new Answering());
            socket = server.connect();
            answers = new BufferedInputStream(socket.getInputStream());
        }

        @TearDown
        public void stop() throws Exception {
            socket.close();
            server.stop();
        }

        /** One request and its answer, read to the end of the body. */
        int exchange() throws IOException {
            socket.getOutputStream().write(request);
            int read = 0;
            int ended = 0;
            while (ended < 4) {
                int next = answers.read();
                if (next < 0) {
                    throw new IOException("the server has closed after " + read + " bytes");
                }
                read++;
                ended = next == (ended % 2 == 0 ? '\r' : '\n') ? ended + 1 : 0;
            }
            return read + answers.read() + answers.read();
        }
    }

    private static @Nullable Filter filter(String name) {
        return switch (name) {
            case "none" -> null;
            case "copies a header" -> copying();
            case "entry, 1 rule" -> gray(1);
            case "entry, 50 rules" -> gray(50);
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** A request that a Tomcat holds until the benchmark is over. */
    @State(Scope.Thread)
    public static class Held {
        @Param({"copies a header", "entry, 1 rule", "entry, 50 rules"})
        public String filter;

        private final CountDownLatch arrived = new CountDownLatch(1);
        private final CountDownLatch over = new CountDownLatch(1);
        private Server server;
        private Socket socket;

        @SuppressWarnings("NullAway.Init") // before arrived is
        private volatile HttpServletRequest request;

        @SuppressWarnings("NullAway.Init")
        private volatile HttpServletResponse response;

        private Filter alone;

        @Setup
        public void start() throws Exception {
            alone = Objects.requireNonNull(filter(filter));
            server = new Server(null, new Holding(this));
            socket = server.connect();
            socket.getOutputStream().write(HEAD.getBytes(StandardCharsets.US_ASCII));
            if (!arrived.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("no request arrived");
            }
        }

        @TearDown
        public void stop() throws Exception {
            over.countDown();
            socket.close();
            server.stop();
        }

        private void hold(HttpServletRequest held, HttpServletResponse answer) throws InterruptedException {
            request = held;
            response = answer;
            arrived.countDown();
            over.await();
        }
    }

    private static final class Holding extends HttpServlet {
        private static final long serialVersionUID = 1L;
        private final transient Held held;

        Holding(Held held) {
            this.held = held;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            try {
                held.hold(request, response);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Benchmark
    public int request(Connection connection) throws IOException {
        return connection.exchange();
    }

    /** The filter takes each as a new request. */
    @Benchmark
    public Object filterAlone(Held held) throws Exception {
        held.alone.doFilter(held.request, held.response, (request, response) -> {});
        held.request.removeAttribute(GrayServletFilter.ATTRIBUTE);
        return held.request;
    }
}
