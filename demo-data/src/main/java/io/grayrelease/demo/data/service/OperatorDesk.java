package io.grayrelease.demo.data.service;

import java.sql.SQLException;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.grayrelease.data.Compare;
import io.grayrelease.data.CompareReport;
import io.grayrelease.data.CompareSettings;
import io.grayrelease.data.Copy;
import io.grayrelease.data.CopySettings;
import io.grayrelease.data.Migration;
import io.grayrelease.data.MigrationStatus;
import io.grayrelease.data.MigrationTool;

/**
 * What the operator of the demo asks a process of the order service: {@code copy}, {@code compare} and {@code repair} begin, and
 * {@code copied} and {@code compared} tell how far it is; {@code status}
 * tells what keeps the next step from being taken, and how long the last switch took.
 */
final class OperatorDesk {
    private final Migration<?, ?> orders;
    private final OrderStores stores;
    private @Nullable Copy copy;
    private @Nullable Compare compare;

    OperatorDesk(Migration<?, ?> orders, OrderStores stores) {
        this.orders = orders;
        this.stores = stores;
    }

    void answer(String command, Consumer<String> answers) {
        try {
            run(command, answers);
        } catch (SQLException | RuntimeException e) { // whoever asked shows it
            answers.accept("error=" + e);
        }
    }

    private void run(String command, Consumer<String> answers) throws SQLException {
        switch (command) {
            case "copy" -> copy = orders.copy(CopySettings.DEFAULTS);
            case "copied" -> copied(copy, answers);
            case "compare" -> compare = orders.compare(CompareSettings.DEFAULTS);
            case "repair" -> compare = orders.compare(CompareSettings.DEFAULTS.repair(true));
            case "compared" -> compared(compare, answers);
            case "status" -> status(answers);
            default -> answers.accept("error=unknown command " + command);
        }
    }

    private void status(Consumer<String> answers) throws SQLException {
        MigrationStatus status = MigrationTool.open(orders.toString(), stores.old(), stores.ofNew())
                .status();
        status.lastPause().ifPresent(pause -> answers.accept("pause=" + pause.toMillis()));
        status.shut().forEach(reason -> answers.accept("shut=" + reason));
    }

    private static void copied(@Nullable Copy copy, Consumer<String> answers) {
        if (copy != null) {
            answers.accept("done=" + copy.progress().isDone());
            answers.accept("progress=" + copy.progress());
        }
    }

    private static void compared(@Nullable Compare compare, Consumer<String> answers) throws SQLException {
        if (compare == null) {
            return;
        }
        CompareReport report = compare.report();
        answers.accept("done=" + compare.progress().isDone());
        answers.accept("progress=" + compare.progress());
        answers.accept("rows=" + report.rows());
        answers.accept("found=" + report.found());
        answers.accept("left=" + report.left());
        report.differences().forEach(difference -> answers.accept("difference=" + difference));
    }
}
