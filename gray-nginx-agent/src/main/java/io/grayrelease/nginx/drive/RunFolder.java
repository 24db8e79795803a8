package io.grayrelease.nginx.drive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

import io.grayrelease.nginx.files.DurableFiles;

/**
 * The folder of the sockets of an Nginx. Nginx lets everybody write to its sockets: whoever may reach one is a matter of the folder
 * that it lies in.
 */
public final class RunFolder {
    /** Where everybody may ask which revision of the files is served. */
    public static final String REVISION = "revision.sock";

    /** Where requests go that are to fail. */
    public static final String NONE = "none.sock";

    /** Where policies are pushed, which only the agent may do. */
    public static final String POLICY = "control/policy.sock";

    private static final String CONTROL = "control";

    static final List<String> SOCKETS = List.of(REVISION, NONE, POLICY);

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private RunFolder() {}

    /** Creates what is missing of it, before an Nginx binds to sockets there; it does so even when it only tests. */
    public static void create(Path folder) throws IOException {
        DurableFiles.createFolder(folder);
        Path control = folder.resolve(CONTROL);
        if (!Files.isDirectory(control, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(control, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } else if (!Files.getPosixFilePermissions(control).equals(OWNER_ONLY)) {
            Files.setPosixFilePermissions(control, OWNER_ONLY);
        }
    }
}
