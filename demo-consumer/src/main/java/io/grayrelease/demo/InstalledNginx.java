package io.grayrelease.demo;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An Nginx of this machine, and how it is driven. Immutable.
 *
 * @param modules what it has to load first, in order
 */
record InstalledNginx(Path binary, Driver driver, List<Path> modules) {
    /** As the agent's setting {@code driver}. */
    enum Driver {
        NATIVE,
        LUA;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Path MODULES = Path.of("/usr/lib/nginx/modules");
    private static final List<String> LUA = List.of("ndk_http_module.so", "ngx_http_lua_module.so");

    InstalledNginx {
        modules = List.copyOf(modules);
    }

    /**
     * The one on the PATH, else where distributions put it.
     *
     * @throws DemoException if there is none, or no Lua for it where that is asked for
     */
    static InstalledNginx find(Driver driver) {
        List<Path> folders = new ArrayList<>();
        String path = System.getenv().getOrDefault("PATH", "");
        Arrays.stream(path.split(Pattern.quote(File.pathSeparator), -1))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .forEach(folders::add);
        folders.add(Path.of("/usr/sbin"));
        folders.add(Path.of("/usr/local/sbin"));
        return find(driver, folders, MODULES);
    }

    static InstalledNginx find(Driver driver, List<Path> folders, Path modules) {
        Optional<Path> binary = folders.stream()
                .map(folder -> folder.resolve("nginx").toAbsolutePath())
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
        if (binary.isEmpty()) {
            throw new DemoException(
                    "there is no nginx on the PATH, nor in /usr/sbin or /usr/local/sbin: install nginx, for example"
                            + " apt-get install nginx-light",
                    null);
        }
        return new InstalledNginx(binary.get(), driver, driver == Driver.LUA ? lua(modules) : List.of());
    }

    private static List<Path> lua(Path folder) {
        List<Path> modules = LUA.stream().map(folder::resolve).toList();
        for (Path module : modules) {
            if (!Files.isReadable(module)) {
                throw new DemoException(
                        "this nginx has no Lua, " + module + " is not there: apt-get install libnginx-mod-http-lua"
                                + " lua-cjson, or use --nginx=native",
                        null);
            }
        }
        return modules;
    }
}
