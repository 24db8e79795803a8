package io.grayrelease.demo;

import java.io.PrintStream;
import java.util.List;

/** What a person sees. Plain ASCII; colours where somebody looks at a terminal. */
public final class Report {
    private static final int SHOWN_DIFFERENCES = 5;

    private final PrintStream out;
    private final boolean colours;
    private int steps;

    private Report(PrintStream out, boolean colours) {
        this.out = out;
        this.colours = colours;
    }

    public static Report to(PrintStream out, boolean colours) {
        return new Report(out, colours);
    }

    public void step(String title, String sentence) {
        steps++;
        out.println();
        out.println(paint("1;36", "== " + steps + ". " + title + " =="));
        out.println(sentence);
    }

    public void policy(Policy policy) {
        out.println();
        policy.text().lines().forEach(line -> out.println("  " + paint("33", line)));
    }

    void users(List<Answer> answers) {
        out.println();
        UserTable.of(answers).forEach(line -> out.println("  " + line));
        shares(answers);
    }

    void shares(List<Answer> answers) {
        out.println();
        Shares.of(answers).bars().forEach(bar -> out.println("  " + paint(bar.contains("2.0.0") ? "35" : "0", bar)));
        out.println();
    }

    void verdict(String what, Verdict verdict) {
        if (verdict.holds()) {
            out.println(paint("32", "  OK") + "  " + what + ": all " + verdict.answers() + " requests as expected");
            return;
        }
        failure(what + ": " + verdict.differences().size() + " differences");
        verdict.differences().stream()
                .limit(SHOWN_DIFFERENCES)
                .forEach(difference -> out.println("      " + difference));
    }

    public void claim(String what, boolean holds) {
        if (holds) {
            out.println(paint("32", "  OK") + "  " + what);
        } else {
            failure(what);
        }
    }

    /** What was refused as it should be: no failure of the demo. */
    public void refused(String what, List<String> problems) {
        out.println(paint("33", "  REFUSED") + "  " + what);
        problems.forEach(this::note);
    }

    public void failure(String what) {
        out.println(paint("1;31", "  FAILED") + "  " + what);
    }

    public void note(String text) {
        out.println(text.isEmpty() ? "" : "  " + text);
    }

    private String paint(String colour, String text) {
        return colours ? "\u001b[" + colour + "m" + text + "\u001b[0m" : text;
    }
}
