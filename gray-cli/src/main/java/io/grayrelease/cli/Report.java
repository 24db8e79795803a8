package io.grayrelease.cli;

/** What a command found, for a person or for a program. */
public interface Report {
    void print(Console console);

    /** The same for programs: records, collections and plain values, which Gson writes by their names. */
    Object json();

    /** See {@link ExitCode}. */
    int exitCode();
}
