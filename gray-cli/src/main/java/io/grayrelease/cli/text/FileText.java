package io.grayrelease.cli.text;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A {@code .properties} file in UTF-8. */
final class FileText implements PolicyText {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Path file;

    FileText(Path file) {
        this.file = file;
    }

    @Override
    public Document read() throws UnreadableException {
        String text = text();
        return PropertiesReader.read(
                file.toString(), text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text);
    }

    private String text() throws UnreadableException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UnreadableException(file.toString(), "it is not UTF-8", e);
        } catch (NoSuchFileException e) {
            throw new UnreadableException(file.toString(), "there is no such file", e);
        } catch (AccessDeniedException e) {
            throw new UnreadableException(file.toString(), "permission denied", e);
        } catch (IOException e) {
            throw new UnreadableException(file.toString(), String.valueOf(e.getMessage()), e);
        }
    }
}
