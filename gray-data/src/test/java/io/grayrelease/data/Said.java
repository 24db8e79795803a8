package io.grayrelease.data;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.slf4j.LoggerFactory;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;

/** What a class says while this is open. */
final class Said extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger logger;

    Said(Class<?> who) {
        this.logger = logger(who);
        logger.setLevel(Level.INFO);
        start();
        logger.addAppender(this);
    }

    /** While slf4j begins, for a test beside this one, it hands out others. */
    private static Logger logger(Class<?> who) {
        org.slf4j.Logger logger = LoggerFactory.getLogger(who);
        while (!(logger instanceof Logger)) {
            Thread.onSpinWait();
            logger = LoggerFactory.getLogger(who);
        }
        return (Logger) logger;
    }

    @Override
    protected void append(ILoggingEvent event) {
        lines.add(event.getFormattedMessage());
    }

    List<String> containing(String text) {
        return lines.stream().filter(line -> line.contains(text)).toList();
    }

    @Override
    public void close() {
        logger.detachAppender(this);
    }
}
