package org.avccdb.engine.read;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.avccdb.Cursor;
import org.avccdb.KeyRange;
import org.avccdb.Reader;
import org.avccdb.ValueConsumer;
import org.avccdb.VersionedValue;
import org.avccdb.engine.keys.Versions;

/**
 * The reads of {@link org.avccdb.Reader}, of one source. Any thread may call any method; whoever calls has checked the
 * arguments. Each read sees one moment of the source.
 */
public final class Reads {
    private final Views views;
    private final ReadSource source;
    private final Cursors cursors;
    private final LongConsumer times;

    /**
     * Reads of a source.
     *
     * @param times takes the nanoseconds of some lookups
     */
    public Reads(final Views views, final ReadSource source, final Cursors cursors, final LongConsumer times) {
        this.views = views;
        this.source = source;
        this.cursors = cursors;
        this.times = times;
    }

    /** As {@link Reader#get(byte[])}. */
    public byte[] get(final byte[] key) {
        return getAsOfOrNull(key, Versions.MAX);
    }

    private byte[] getAsOfOrNull(final byte[] key, final long version) {
        final Place place = views.enter();
        try {
            final DirectBuffer wanted = place.key(key);
            return find(place, wanted, 0, key.length, version) ? copyOf(place.lookup()) : null;
        } finally {
            leave(place);
        }
    }

    /** As {@link Reader#getWithVersion}. */
    public byte[] getWithVersion(final byte[] key, final long version) {
        final Place place = views.enter();
        try {
            final ReadView view = source.view(place);
            final Lookup lookup = place.lookup();
            return lookup.exact(view, place.sequence(), place.key(key), 0, key.length, version) ? copyOf(lookup) : null;
        } finally {
            leave(place);
        }
    }

    /** As {@link Reader#getAsOf(byte[], long)}. */
    public VersionedValue getAsOf(final byte[] key, final long version) {
        final Place place = views.enter();
        try {
            if (!find(place, place.key(key), 0, key.length, version)) {
                return null;
            }
            final Lookup found = place.lookup();
            return new VersionedValue(copyOf(found), found.version(), found.sequence());
        } finally {
            leave(place);
        }
    }

    /** As {@link Reader#contains}. */
    public boolean contains(final byte[] key) {
        final Place place = views.enter();
        try {
            return find(place, place.key(key), 0, key.length, Versions.MAX);
        } finally {
            leave(place);
        }
    }

    /** As {@link Reader#get(DirectBuffer, int, int, MutableDirectBuffer, int)}. */
    public int get(
            final DirectBuffer key,
            final int keyOffset,
            final int keyLength,
            final MutableDirectBuffer dst,
            final int dstOffset) {
        return getAsOf(key, keyOffset, keyLength, Versions.MAX, dst, dstOffset);
    }

    /** As {@link Reader#getAsOf(DirectBuffer, int, int, long, MutableDirectBuffer, int)}. */
    public int getAsOf(
            final DirectBuffer key,
            final int keyOffset,
            final int keyLength,
            final long version,
            final MutableDirectBuffer dst,
            final int dstOffset) {
        final Place place = views.enter();
        try {
            if (!find(place, key, keyOffset, keyLength, version)) {
                return Reader.NOT_FOUND;
            }
            final Lookup found = place.lookup();
            final int length = found.valueLength();
            if (length <= dst.capacity() - dstOffset) {
                dst.putBytes(dstOffset, found.valueBuffer(), found.valueOffset(), length);
            }
            return length;
        } finally {
            leave(place);
        }
    }

    /** As {@link Reader#read}: the consumer may do whatever it likes with the database. */
    public boolean read(
            final DirectBuffer key, final int keyOffset, final int keyLength, final ValueConsumer consumer) {
        final Place place = views.enter();
        try {
            if (!find(place, key, keyOffset, keyLength, Versions.MAX)) {
                return false;
            }
            final Lookup found = place.lookup();
            final ShownBuffer shown = place.value();
            final int length = found.valueLength();
            shown.show(found.valueBuffer(), found.valueOffset(), length);
            try {
                consumer.accept(shown, 0, length);
            } finally {
                shown.showNothing();
            }
            return true;
        } finally {
            leave(place);
        }
    }

    /** As {@link Reader#multiGet}. */
    public List<byte[]> multiGet(final List<byte[]> keys) {
        final List<byte[]> values = new ArrayList<>(keys.size());
        final Place place = views.enter();
        try {
            final ReadView view = source.view(place);
            final Lookup lookup = place.lookup();
            for (final byte[] key : keys) {
                values.add(
                        lookup.latest(view, place.sequence(), place.key(key), 0, key.length) ? copyOf(lookup) : null);
            }
            return values;
        } finally {
            leave(place);
        }
    }

    /** As {@link Reader#getVersionHistory}. */
    public List<VersionedValue> getVersionHistory(final byte[] key, final long minVersion, final long maxVersion) {
        final Place place = views.enter();
        try {
            final ReadView view = source.view(place);
            return place.lookup()
                    .history(view, place.sequence(), place.key(key), 0, key.length, minVersion, maxVersion);
        } finally {
            leave(place);
        }
    }

    /** As {@link Reader#cursor}. */
    public Cursor cursor(final KeyRange range) {
        return cursors.open(source, range, false);
    }

    /** As {@link Reader#versionCursor}. */
    public Cursor versionCursor(final KeyRange range) {
        return cursors.open(source, range, true);
    }

    private boolean find(
            final Place place, final DirectBuffer key, final int offset, final int length, final long version) {
        if (!place.isTimed()) {
            return lookUp(place, key, offset, length, version);
        }
        final long begin = System.nanoTime();
        final boolean found = lookUp(place, key, offset, length, version);
        times.accept(System.nanoTime() - begin);
        return found;
    }

    private boolean lookUp(
            final Place place, final DirectBuffer key, final int offset, final int length, final long version) {
        final ReadView view = source.view(place);
        return place.lookup().asOf(view, place.sequence(), key, offset, length, version);
    }

    private void leave(final Place place) {
        try {
            place.lookup().letGo();
        } finally {
            views.exit(place);
        }
    }

    private static byte[] copyOf(final Lookup found) {
        final byte[] value = new byte[found.valueLength()];
        found.valueBuffer().getBytes(found.valueOffset(), value);
        return value;
    }
}
