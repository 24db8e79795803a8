package io.grayrelease.cli.data;

import java.util.ArrayList;
import java.util.List;

import io.grayrelease.cli.Console;
import io.grayrelease.cli.ExitCode;
import io.grayrelease.cli.Watch;
import io.grayrelease.cli.text.UnreadableException;
import io.grayrelease.data.MigrationLook;

/**
 * Where migrations are.
 *
 * @param stores as other commands are told of them
 */
record DataStatusReport(List<MigrationView> views, String stores) implements Watch.Watched {
    static DataStatusReport of(List<MigrationLook> looks, String stores) throws UnreadableException {
        List<MigrationView> views = new ArrayList<>();
        for (MigrationLook look : looks) {
            views.add(MigrationView.of(look));
        }
        return new DataStatusReport(views, stores);
    }

    @Override
    public void print(Console console) {
        if (views.isEmpty()) {
            console.line("the old store knows no migration; services leave theirs there when they start");
        }
        boolean first = true;
        for (MigrationView view : views) {
            if (!first) {
                console.line("");
            }
            first = false;
            new ViewText(console, stores).print(view);
        }
    }

    @Override
    public Object json() {
        return new Json(views.stream().map(ViewJson::of).toList());
    }

    private record Json(List<Object> migrations) {}

    @Override
    public String line() {
        return views.isEmpty()
                ? "no migration"
                : String.join(" | ", views.stream().map(MigrationView::line).toList());
    }

    @Override
    public int exitCode() {
        boolean fine =
                !views.isEmpty() && views.stream().allMatch(view -> view.wrong().isEmpty());
        return fine ? ExitCode.FINE : ExitCode.NO;
    }
}
