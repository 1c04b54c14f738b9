package org.avccdb.cli.command;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.avccdb.AvccDb;
import org.avccdb.Snapshot;
import org.avccdb.cli.io.Json;
import org.avccdb.proof.MasterRoot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a proof. */
@Command(
        name = "prove",
        description = {
            "Writes a proof of an answer to a file, and prints the root that it leads to.",
            "The answer may be that there is nothing: that is proven as well.",
            "verify-proof takes the same question, the file and the root, which is to reach it by a way of its own.",
            "Writes, flushes and compactions change the root; a proof holds against the one that it was made for."
        })
final class Prove extends DatabaseCommand {
    @Parameters(index = "1", paramLabel = "FILE", description = "Where the proof goes; a file there is replaced.")
    private Path file;

    @Mixin
    private QuestionOptions question;

    @Option(names = "--root-file", paramLabel = "FILE", description = "Write the root, in hex, to this file too.")
    private Path rootFile;

    @Option(names = "--json", description = "Print an object with root, sequence, and bytes of the proof.")
    private boolean json;

    @Mixin
    private FormatOptions formats;

    @Override
    public Integer call() throws IOException {
        question.check();
        final byte[] proof;
        final MasterRoot root;
        final long sequence;
        try (AvccDb db = openToRead();
                Snapshot snapshot = db.snapshot()) {
            proof = prove(snapshot);
            root = snapshot.masterRoot();
            sequence = snapshot.sequence();
        }
        Files.write(file, proof);
        if (rootFile != null) {
            Files.write(rootFile, (root + "\n").getBytes(US_ASCII));
        }
        console()
                .line(
                        json
                                ? Json.text(Json.object("root", root, "sequence", sequence, "proofBytes", proof.length))
                                : root.toString());
        return ExitCodes.FINE;
    }

    private byte[] prove(final Snapshot snapshot) {
        return switch (question.kind()) {
            case VALUE -> {
                final byte[] key = question.key(formats);
                final Long asOf = question.version().asOf();
                yield asOf == null
                        ? snapshot.proveVersion(key, question.version().exact())
                        : snapshot.proveAsOf(key, asOf);
            }
            case HISTORY -> snapshot.proveHistory(question.key(formats), question.minVersion(), question.maxVersion());
            case RANGE -> snapshot.proveRange(question.range(formats), question.limit());
        };
    }
}
