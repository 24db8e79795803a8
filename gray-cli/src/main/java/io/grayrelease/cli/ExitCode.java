package io.grayrelease.cli;

/** What grayctl tells a script. */
public final class ExitCode {
    public static final int FINE = 0;
    /** The answer is no: a policy has errors. */
    public static final int NO = 1;
    /** The command line was not understood. */
    public static final int USAGE = 2;
    /** A file cannot be read, or a server cannot be reached. */
    public static final int UNREADABLE = 3;
    /** A fault of grayctl itself. */
    public static final int FAULT = 4;

    private ExitCode() {}
}
