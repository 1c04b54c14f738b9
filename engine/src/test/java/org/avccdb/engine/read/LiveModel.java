package org.avccdb.engine.read;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.avccdb.KeyRange;
import org.avccdb.VersionedValue;

/** What a cursor must do, over a list of all that is live. */
final class LiveModel {
    private final List<byte[]> keys = new ArrayList<>();
    private final List<VersionedValue> values = new ArrayList<>();
    private int at = -1;

    LiveModel(RandomRecords records, KeyRange range, long upTo, boolean allVersions) {
        for (byte[] key : records.distinctKeys()) {
            if (!range.contains(key)) {
                continue;
            }
            List<VersionedValue> live = RandomRecords.history(records.all(), key, upTo, 0, Long.MAX_VALUE);
            Collections.reverse(live);
            for (VersionedValue value : allVersions || live.isEmpty() ? live : live.subList(0, 1)) {
                keys.add(key);
                values.add(value);
            }
        }
    }

    boolean first() {
        return to(0);
    }

    boolean last() {
        return to(keys.size() - 1);
    }

    boolean next() {
        return to(at + 1);
    }

    boolean prev() {
        return to(at - 1);
    }

    boolean seek(byte[] key) {
        int index = 0;
        while (index < keys.size() && Arrays.compareUnsigned(keys.get(index), key) < 0) {
            index++;
        }
        return to(index);
    }

    private boolean to(int index) {
        at = Math.max(-1, Math.min(keys.size(), index));
        return isValid();
    }

    boolean isValid() {
        return at >= 0 && at < keys.size();
    }

    String shown() {
        return isValid() ? text(keys.get(at), values.get(at)) : "nothing";
    }

    static String text(byte[] key, VersionedValue value) {
        return Arrays.toString(key) + " v" + value.version() + " #" + value.sequence() + " "
                + Arrays.hashCode(value.value());
    }
}
