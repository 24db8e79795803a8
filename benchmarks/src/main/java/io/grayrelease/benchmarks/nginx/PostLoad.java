package io.grayrelease.benchmarks.nginx;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.HdrHistogram.Histogram;

/** The JDK's client in 32 threads that post: a request that fails is not sent again, for it may have been done. */
final class PostLoad implements Load {
    private static final int THREADS = 32;
    private static final int DIGITS = 3;
    private static final String BODY = "x".repeat(200);

    private final Duration think;

    /** @param think between an answer and the next request of a thread */
    PostLoad(Duration think) {
        this.think = think;
    }

    @Override
    public String name() {
        return "POST, " + (think.isZero() ? "no think time" : think.toMillis() + " ms think time");
    }

    @Override
    public LoadResult run(int port, Duration time) throws IOException, InterruptedException {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        long start = System.nanoTime();
        List<Future<Histogram>> running = new ArrayList<>();
        List<Caller> callers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Caller caller = new Caller(client, port, i, start + time.toNanos());
            callers.add(caller);
            running.add(threads.submit(caller::run));
        }
        Histogram all = new Histogram(DIGITS);
        for (Future<Histogram> one : running) {
            all.add(get(one));
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        threads.shutdown();
        long failed = callers.stream().mapToLong(caller -> caller.failed).sum();
        return new LoadResult(all.getTotalCount(), failed, seconds, all.getValueAtPercentile(99) / 1e6);
    }

    private static Histogram get(Future<Histogram> one) throws IOException, InterruptedException {
        try {
            return one.get();
        } catch (ExecutionException e) {
            throw new IOException("a thread that posts has failed", e.getCause());
        }
    }

    /** One thread. */
    private final class Caller {
        private final HttpClient client;
        private final HttpRequest request;
        private final long end;
        private final Histogram answered = new Histogram(DIGITS);
        private long failed;

        Caller(HttpClient client, int port, int number, long end) {
            this.client = client;
            this.end = end;
            this.request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                    .timeout(Duration.ofSeconds(10))
                    .header("X-Uid", Integer.toString(100_000 + number * 7_919))
                    .header("X-App", number % 2 == 0 ? "ios-17" : "web")
                    .POST(BodyPublishers.ofString(BODY))
                    .build();
        }

        Histogram run() throws InterruptedException {
            while (System.nanoTime() < end) {
                long start = System.nanoTime();
                if (succeeds()) {
                    answered.recordValue(System.nanoTime() - start);
                } else {
                    failed++;
                }
                TimeUnit.NANOSECONDS.sleep(think.toNanos());
            }
            return answered;
        }

        private boolean succeeds() throws InterruptedException {
            try {
                return client.send(request, BodyHandlers.discarding()).statusCode() / 100 == 2;
            } catch (IOException e) {
                return false;
            }
        }
    }
}
