package org.avccdb.bench.command;

import java.nio.file.Path;
import org.avccdb.AvccDbException;
import org.avccdb.Options;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A file of options, which is read at once: other engines' turns may come first, and a mistake is not to be told after them. */
final class OptionsFile implements ITypeConverter<Path> {
    @Override
    public Path convert(final String name) {
        final Path file = Path.of(name);
        try {
            Options.load(file);
        } catch (final IllegalArgumentException | AvccDbException e) {
            throw new TypeConversionException(e.getMessage());
        }
        return file;
    }
}
