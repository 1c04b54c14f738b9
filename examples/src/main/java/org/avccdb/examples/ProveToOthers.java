package org.avccdb.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.avccdb.AvccDb;
import org.avccdb.KeyRange;
import org.avccdb.Snapshot;
import org.avccdb.proof.ProofVerifier;

/**
 * Answers with proofs, and a {@link LightClient} that believes them: a JVM of its own, which has the jar avccdb-proof, a root
 * of 32 bytes and nothing else of this database.
 */
public final class ProveToOthers {
    private ProveToOthers() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        Path answers = Files.createDirectories(folder.resolve("answers"));
        String root;
        try (AvccDb db = AvccDb.open(folder.resolve("accounts"))) {
            db.putWithVersion(bytes("account/ada"), bytes("100"), 1);
            db.putWithVersion(bytes("account/grace"), bytes("50"), 1);
            db.putWithVersion(bytes("account/ada"), bytes("75"), 2);

            // One moment, one root: all proofs of a snapshot hold against it, whatever is written meanwhile.
            try (Snapshot now = db.snapshot()) {
                root = now.masterRoot().toString();
                db.putWithVersion(bytes("account/ada"), bytes("0"), 3);
                Files.write(answers.resolve("latest"), now.proveLatest(bytes("account/ada")));
                Files.write(answers.resolve("absent"), now.proveLatest(bytes("account/mallory")));
                Files.write(answers.resolve("history"), now.proveHistory(bytes("account/ada"), 1, 0));
                Files.write(answers.resolve("range"), now.proveRange(KeyRange.prefix(bytes("account/")), 10));
            }
        }
        runClient(folder, root, answers);
    }

    /** The root would reach the client on another way than the answers: signed, or from a ledger it trusts. */
    private static void runClient(Path folder, String root, Path answers)
            throws IOException, InterruptedException, URISyntaxException {
        String java = ProcessHandle.current().info().command().orElseThrow();
        String classPath = copyOfClient(folder) + File.pathSeparator + placeOf(ProofVerifier.class);
        Process client = new ProcessBuilder(
                        java, "-cp", classPath, LightClient.class.getName(), root, answers.toString())
                .redirectErrorStream(true)
                .start();
        System.out.print(new String(client.getInputStream().readAllBytes(), UTF_8));
        System.out.println("the client ends with " + client.waitFor());
    }

    /** A folder with that one class. */
    private static Path copyOfClient(Path folder) throws IOException {
        String name = LightClient.class.getName().replace('.', '/') + ".class";
        Path copy = folder.resolve("client").resolve(name);
        Files.createDirectories(copy.getParent());
        try (InputStream original = LightClient.class.getResourceAsStream("/" + name)) {
            Files.copy(original, copy);
        }
        return folder.resolve("client");
    }

    /** The jar, or folder of classes, that a class comes from. */
    private static Path placeOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
