package org.avccdb.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.avccdb.proof.MasterRoot;
import org.avccdb.proof.ProofRejectedException;
import org.avccdb.proof.ProofVerifier;
import org.avccdb.proof.Verified;
import org.avccdb.proof.VerifiedHistory;
import org.avccdb.proof.VerifiedRange;

/**
 * Knows a root and asks somebody it does not trust. What it prints comes out of proofs that lead to its root; {@link
 * ProveToOthers} starts it.
 */
public final class LightClient {
    private LightClient() {}

    public static void main(String[] args) throws IOException {
        MasterRoot root = MasterRoot.of(HexFormat.of().parseHex(args[0]));
        Path answers = Path.of(args[1]);
        System.out.println("database on the class path: " + hasDatabase());

        byte[] proof = Files.readAllBytes(answers.resolve("latest"));
        Verified ada = ProofVerifier.verifyLatest(root, bytes("account/ada"), proof);
        System.out.println("ada has " + text(ada.value()) + ", version " + ada.version());

        Verified mallory = ProofVerifier.verifyLatest(
                root, bytes("account/mallory"), Files.readAllBytes(answers.resolve("absent")));
        System.out.println("mallory has an account: " + mallory.isPresent());

        VerifiedHistory history = ProofVerifier.verifyHistory(
                root, bytes("account/ada"), 1, 0, Files.readAllBytes(answers.resolve("history")));
        history.entries().forEach(entry -> System.out.println("ada had " + text(entry.value())));

        // "account0" is the first key behind those that begin with "account/".
        VerifiedRange range = ProofVerifier.verifyRange(
                root, bytes("account/"), bytes("account0"), 10, Files.readAllBytes(answers.resolve("range")));
        System.out.println("accounts: " + range.entries().size() + ", all: " + (range.completeUpTo() == null));

        // Whoever changes an answer, or gives it to another question, is found out.
        proof[proof.length / 2] ^= 1;
        System.out.println("changed: " + verdict(root, "account/ada", proof));
        proof[proof.length / 2] ^= 1;
        System.out.println("of another key: " + verdict(root, "account/grace", proof));
    }

    private static String verdict(MasterRoot root, String key, byte[] proof) {
        try {
            return "believed, "
                    + text(ProofVerifier.verifyLatest(root, bytes(key), proof).value());
        } catch (ProofRejectedException e) {
            return "rejected";
        }
    }

    private static boolean hasDatabase() {
        try {
            Class.forName("org.avccdb.AvccDb");
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
