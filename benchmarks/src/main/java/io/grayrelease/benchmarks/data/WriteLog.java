package io.grayrelease.benchmarks.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What one thread wrote, in a file that outlives the kill of its process: a line before each write, and one after it. Times are of
 * System.nanoTime(), which on Linux all processes of a machine share.
 */
final class WriteLog implements AutoCloseable {
    private final FileChannel file;

    WriteLog(Path path) throws IOException {
        this.file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    void begins(LoggedWrite.Kind kind, long key, long revision) throws IOException {
        line("B " + revision + " " + key + " " + kind + " " + System.nanoTime());
    }

    /** Committed, and the service was told so. */
    void acknowledged(long revision, Outcome outcome) throws IOException {
        line("A " + revision + " " + outcome + " " + System.nanoTime());
    }

    /** Surely not committed. */
    void refused(long revision) throws IOException {
        line("R " + revision);
    }

    private void line(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
