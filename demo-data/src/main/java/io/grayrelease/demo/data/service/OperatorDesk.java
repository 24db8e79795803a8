package io.grayrelease.demo.data.service;

import java.sql.SQLException;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.grayrelease.data.Copy;
import io.grayrelease.data.CopyProgress;
import io.grayrelease.data.CopySettings;
import io.grayrelease.data.Migration;

/** What the operator of the demo asks a process of the order service: {@code copy}, {@code copied} and {@code waiting}. */
final class OperatorDesk {
    private final Migration<?, ?> orders;
    private @Nullable Copy copy;

    OperatorDesk(Migration<?, ?> orders) {
        this.orders = orders;
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
            default -> answers.accept("error=unknown command " + command);
        }
    }

    private static void copied(@Nullable Copy copy, Consumer<String> answers) {
        if (copy != null) {
            CopyProgress progress = copy.progress();
            answers.accept("done=" + progress.isDone());
            answers.accept("progress=" + progress);
        }
    }
}
