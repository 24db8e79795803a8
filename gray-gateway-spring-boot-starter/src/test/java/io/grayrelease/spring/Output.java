package io.grayrelease.spring;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What an application prints and logs, until it is closed. */
final class Output implements AutoCloseable {
    private final PrintStream before = System.out;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private Output() {}

    static Output capture() throws Exception {
        Output output = new Output();
        System.setOut(new PrintStream(output.bytes, true, "UTF-8"));
        return output;
    }

    String text() {
        return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        System.setOut(before);
        before.print(text());
    }
}
