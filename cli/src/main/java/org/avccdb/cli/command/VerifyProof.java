package org.avccdb.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.avccdb.cli.io.ByteFormat;
import org.avccdb.cli.io.InputException;
import org.avccdb.cli.io.Json;
import org.avccdb.proof.MasterRoot;
import org.avccdb.proof.ProofVerifier;
import org.avccdb.proof.Verified;
import org.avccdb.proof.VerifiedHistory;
import org.avccdb.proof.VerifiedRange;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks a proof without any database. */
@Command(
        name = "verify-proof",
        description = {
            "Checks a proof against a root and prints the answer that it proves; no database is needed.",
            "Exit code 0: proven, absence too, which is then said on the error stream; 1: the proof is rejected.",
        })
final class VerifyProof extends ConsoleCommand {
    @Parameters(index = "0", paramLabel = "FILE", description = "The proof.")
    private Path file;

    @ArgGroup(multiplicity = "1")
    private Root root;

    @Mixin
    private QuestionOptions question;

    @Option(names = "--json", description = "Print an object a line.")
    private boolean json;

    @Mixin
    private FormatOptions formats;

    private static final class Root {
        @Option(names = "--root", paramLabel = "HEX", required = true, description = "The root that it must lead to.")
        private String hex;

        @Option(
                names = "--root-file",
                paramLabel = "FILE",
                required = true,
                description = "The same from a file, as prove writes it.")
        private Path file;

        MasterRoot parse() throws IOException {
            final String digits =
                    file == null ? hex : Files.readString(file, UTF_8).strip();
            final byte[] bytes = ByteFormat.HEX.parse(digits);
            if (bytes.length != MasterRoot.LENGTH) {
                throw new InputException("a root has " + MasterRoot.LENGTH
                        + " bytes, two hex digits each; this one has " + bytes.length);
            }
            return MasterRoot.of(bytes);
        }
    }

    @Override
    public Integer call() throws IOException {
        question.check();
        final MasterRoot expected = root.parse();
        final byte[] proof = Files.readAllBytes(file);
        switch (question.kind()) {
            case VALUE -> value(expected, proof);
            case HISTORY -> history(expected, proof);
            case RANGE -> range(expected, proof);
        }
        return ExitCodes.FINE;
    }

    private void value(final MasterRoot expected, final byte[] proof) {
        final byte[] key = question.key(formats);
        final Long asOf = question.version().asOf();
        final Verified answer = asOf == null
                ? ProofVerifier.verifyVersion(expected, key, question.version().exact(), proof)
                : ProofVerifier.verifyAsOf(expected, key, asOf, proof);
        if (answer.isPresent()) {
            print(null, answer.version(), answer.sequence(), answer.value());
        } else if (json) {
            console().line(Json.text(Json.object("absent", true)));
        } else {
            console().note("proven: there is no such value");
        }
    }

    private void history(final MasterRoot expected, final byte[] proof) {
        final VerifiedHistory answer = ProofVerifier.verifyHistory(
                expected, question.key(formats), question.minVersion(), question.maxVersion(), proof);
        for (final VerifiedHistory.Entry entry : answer.entries()) {
            print(null, entry.version(), entry.sequence(), entry.value());
        }
        console().note("proven: these " + answer.entries().size() + " versions are all there are");
    }

    private void range(final MasterRoot expected, final byte[] proof) {
        final var keys = question.range(formats);
        final VerifiedRange answer =
                ProofVerifier.verifyRange(expected, keys.fromInclusive(), keys.toExclusive(), question.limit(), proof);
        for (final VerifiedRange.Entry entry : answer.entries()) {
            print(entry.key(), entry.version(), entry.sequence(), entry.value());
        }
        console()
                .note("proven: these " + answer.entries().size() + " entries are all there are "
                        + (answer.completeUpTo() == null
                                ? "in the range"
                                : "up to " + formats.keys().print(answer.completeUpTo())));
    }

    private void print(final byte[] key, final long version, final long sequence, final byte[] value) {
        final String printed = formats.values().print(value);
        if (json) {
            final var fields = Json.object("version", version, "sequence", sequence, "value", printed);
            if (key != null) {
                fields.put("key", formats.keys().print(key));
            }
            console().line(Json.text(fields));
        } else if (key != null) {
            console().line(formats.keys().print(key) + "\t" + printed);
        } else {
            console().line(question.kind() == QuestionOptions.Kind.HISTORY ? version + "\t" + printed : printed);
        }
    }
}
