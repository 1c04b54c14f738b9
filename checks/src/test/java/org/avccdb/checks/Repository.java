package org.avccdb.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The folder that holds the whole project, and the files in it that belong to the project. */
record Repository(Path root) {
    /** Looks upwards from the current folder. */
    static Repository find() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(".mvn"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("not inside the project");
            }
        }
        return new Repository(folder);
    }

    /** Relative to the root: what git tracks, or where git has no answer everything but what the build makes. */
    List<Path> files() {
        try {
            if (Files.exists(root.resolve(".git"))) {
                Process git = new ProcessBuilder("git", "ls-files", "-z")
                        .directory(root.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
                String names = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (git.waitFor() == 0) {
                    return Arrays.stream(names.split("\0"))
                            .map(Path::of)
                            .filter(file -> Files.isRegularFile(root.resolve(file)))
                            .toList();
                }
            }
            return walked();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private List<Path> walked() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .map(root::relativize)
                    .filter(file -> !file.startsWith(".git"))
                    .filter(file -> Stream.iterate(file, p -> p != null, Path::getParent)
                            .noneMatch(p -> p.endsWith("target")))
                    .toList();
        }
    }
}
