package org.avccdb.bench.report;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;

/** A Chromium without a window. */
final class Browser {
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
    private static final int PATIENCE_SECONDS = 300;

    private final Path executable;
    private final Path folder;
    private String log = "";

    /** Keeps its profile, pictures and output in the folder. */
    Browser(Path executable, Path folder) {
        this.executable = executable;
        this.folder = folder;
    }

    /** The one on the PATH; null where there is none. */
    static Path find() {
        for (String place : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            for (String name : NAMES) {
                Path file = Path.of(place, name);
                if (Files.isExecutable(file)) {
                    return file;
                }
            }
        }
        return null;
    }

    /** A picture of a page. */
    BufferedImage picture(Path page, boolean isDark, int width, int height) throws IOException, InterruptedException {
        Path picture = folder.resolve("picture.png");
        Files.deleteIfExists(picture);
        run(page, isDark, "--screenshot=" + picture, "--window-size=" + width + "," + height);
        if (!Files.exists(picture)) {
            throw new IOException("no picture: " + log);
        }
        return ImageIO.read(picture.toFile());
    }

    /** A page as it is after its scripts have run. */
    String content(Path page, int width) throws IOException, InterruptedException {
        return run(page, false, "--dump-dom", "--allow-file-access-from-files", "--window-size=" + width + ",900");
    }

    /** What pages said on the console since, errors and warnings among it. */
    List<String> console() {
        return log.lines().filter(line -> line.contains(":CONSOLE")).toList();
    }

    private String run(Path page, boolean isDark, String... options) throws IOException, InterruptedException {
        Path out = folder.resolve("out.txt");
        Path errors = folder.resolve("errors.txt");
        List<String> command = new ArrayList<>(List.of(
                executable.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-first-run",
                "--hide-scrollbars",
                "--enable-logging=stderr",
                "--user-data-dir=" + folder.resolve("profile"),
                "--blink-settings=preferredColorScheme=" + (isDark ? 0 : 1)));
        command.addAll(List.of(options));
        command.add(page.toUri().toString());
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(errors.toFile())
                .start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new IOException("the browser hangs: " + Files.readString(errors, StandardCharsets.ISO_8859_1));
        }
        log += Files.readString(errors, StandardCharsets.ISO_8859_1);
        return Files.readString(out, StandardCharsets.UTF_8);
    }
}
