package io.grayrelease.nginx.drive;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/** An agent that installs one text, in a process that halts after a step as if it was killed. */
final class OneInstall {
    static final int HALTED = 137;
    static final int REFUSED = 3;

    private OneInstall() {}

    /** Its arguments. */
    static String[] of(Rig rig, String text, String step) {
        NginxProgram program = rig.nginx().program();
        return new String[] {
            program.binary(),
            program.configuration().toString(),
            String.valueOf(program.prefix()),
            rig.state().toString(),
            rig.run().toString(),
            text,
            step
        };
    }

    public static void main(String[] arguments) {
        NginxProgram program = new NginxProgram(arguments[0], Path.of(arguments[1]), Path.of(arguments[2]), List.of());
        Path run = Path.of(arguments[4]);
        Installation.Steps steps = step -> {
            if (step.name().equals(arguments[6])) {
                Runtime.getRuntime().halt(HALTED);
            }
        };
        LongFunction<Map<String, String>> files = Rig.says(arguments[5], run);
        try {
            Rig.installation(program, Path.of(arguments[3]), run, steps).install(files, null);
        } catch (DriveException e) {
            System.out.println(e.getMessage());
            System.exit(REFUSED);
        }
    }
}
