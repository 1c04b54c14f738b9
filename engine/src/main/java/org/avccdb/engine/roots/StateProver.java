package org.avccdb.engine.roots;

import java.util.List;
import java.util.function.Function;
import org.avccdb.Cursor;
import org.avccdb.KeyRange;
import org.avccdb.VersionedValue;
import org.avccdb.engine.keys.Versions;
import org.avccdb.engine.read.Place;
import org.avccdb.engine.read.ReadSource;
import org.avccdb.engine.read.ReadView;
import org.avccdb.engine.read.Reads;
import org.avccdb.engine.read.Views;
import org.avccdb.engine.table.TableTree;
import org.avccdb.proof.MasterRoot;
import org.avccdb.proof.QuestionKind;

/**
 * The root of one snapshot, and proofs against it. Any thread may call any method; whoever calls has checked the arguments.
 *
 * <ol>
 *   <li>The state is made when it is first asked for, and is never made again: so the root is constant.
 * </ol>
 */
public final class StateProver {
    private final Roots roots;
    private final Views views;
    private final ReadSource source;
    private final Reads reads;
    private volatile ProvenState state;

    public StateProver(final Roots roots, final Views views, final ReadSource source, final Reads reads) {
        this.roots = roots;
        this.views = views;
        this.source = source;
        this.reads = reads;
    }

    public MasterRoot root() {
        final Place place = views.enter();
        try {
            final ReadView view = source.view(place);
            return state(view, place.sequence()).root();
        } finally {
            views.exit(place);
        }
    }

    private ProvenState state(final ReadView view, final long sequence) {
        final ProvenState made = state;
        return made != null ? made : make(view, sequence);
    }

    private synchronized ProvenState make(final ReadView view, final long sequence) {
        if (state == null) {
            state = roots.stateOf(view, sequence);
        }
        return state;
    }

    /** Proves the latest value, or that there is none. */
    public byte[] latest(final byte[] key) {
        final VersionedValue answer = reads.getAsOf(key, Versions.MAX);
        return prove(prover -> prover.highest(QuestionKind.LATEST, key, answer));
    }

    /** Proves the value with the highest version up to this one. */
    public byte[] asOf(final byte[] key, final long version) {
        final VersionedValue answer = reads.getAsOf(key, version);
        return prove(prover -> prover.highest(QuestionKind.AS_OF, key, answer));
    }

    /** Proves the value of exactly this version; 0 asks for the latest. */
    public byte[] version(final byte[] key, final long version) {
        if (version == 0) {
            return latest(key);
        }
        final List<VersionedValue> found = reads.getVersionHistory(key, version, version);
        return prove(prover -> prover.exact(key, version, found.isEmpty() ? null : found.get(0)));
    }

    /** Proves all versions of an interval. */
    public byte[] history(final byte[] key, final long minVersion, final long maxVersion) {
        final List<VersionedValue> found = reads.getVersionHistory(key, minVersion, maxVersion);
        return prove(prover -> prover.history(key, minVersion, maxVersion == 0 ? Long.MAX_VALUE : maxVersion, found));
    }

    /** Proves the first keys of a range, up to a number of them. */
    public byte[] range(final KeyRange range, final int limit) {
        final Answers answers = new Answers();
        byte[] last = null;
        boolean isCut = false;
        try (Cursor cursor = reads.cursor(range)) {
            while (!isCut && cursor.next()) {
                if (answers.count() == limit) {
                    isCut = true;
                } else {
                    answers.add(cursor);
                    last = cursor.keyBytes();
                }
            }
        }
        final byte[] endKey = isCut ? last : null;
        return prove(prover -> prover.range(range.fromInclusive(), range.toExclusive(), answers, endKey));
    }

    private byte[] prove(final Function<Prover, byte[]> question) {
        final Place place = views.enter();
        try {
            final ReadView view = source.view(place);
            final ProvenState shownState = state(view, place.sequence());
            final TableTree shown = roots.tree();
            try {
                return question.apply(new Prover(shownState, roots.hasher(), shown));
            } finally {
                shown.detach();
            }
        } finally {
            views.exit(place);
        }
    }
}
