package io.grayrelease.matrix.app;

/** The same service for HTTP clients. */
public final class RestServed implements Rest {
    private final Served served;

    public RestServed(Served served) {
        this.served = served;
    }

    @Override
    public String call(String task) {
        return served.call(task);
    }
}
