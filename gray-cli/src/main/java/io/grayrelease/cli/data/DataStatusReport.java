package io.grayrelease.cli.data;

import java.util.ArrayList;
import java.util.List;

import io.grayrelease.cli.Console;
import io.grayrelease.cli.ExitCode;
import io.grayrelease.cli.Watch;
import io.grayrelease.cli.text.UnreadableException;
import io.grayrelease.data.MigrationTool;

/** Where migrations are. */
record DataStatusReport(List<MigrationView> views) implements Watch.Watched {
    static DataStatusReport of(List<MigrationTool> tools) throws UnreadableException {
        List<MigrationView> views = new ArrayList<>();
        for (MigrationTool tool : tools) {
            views.add(MigrationView.of(tool));
        }
        return new DataStatusReport(views);
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
            new ViewText(console).print(view);
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
