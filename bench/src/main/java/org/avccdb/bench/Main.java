package org.avccdb.bench;

import java.io.IOException;
import java.util.Arrays;
import org.avccdb.bench.peers.PeerDriver;
import org.avccdb.bench.proofs.ProofDriver;

/**
 * {@code peers …} compares whole databases ({@link PeerDriver}), {@code proofs …} measures authentication ({@link
 * ProofDriver}); anything else is passed on to JMH.
 */
public final class Main {
    private Main() {}

    /** Starts what the first argument asks for. */
    public static void main(final String[] arguments) throws IOException {
        if (arguments.length > 0 && arguments[0].equals("peers")) {
            PeerDriver.main(Arrays.copyOfRange(arguments, 1, arguments.length));
        } else if (arguments.length > 0 && arguments[0].equals("proofs")) {
            ProofDriver.main(Arrays.copyOfRange(arguments, 1, arguments.length));
        } else {
            org.openjdk.jmh.Main.main(arguments);
        }
    }
}
