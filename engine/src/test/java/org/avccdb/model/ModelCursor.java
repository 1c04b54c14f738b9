package org.avccdb.model;

import java.util.List;

/** A cursor over a list, as the API describes one. */
public final class ModelCursor {
    private final List<Entry> entries;
    private int at = -1;

    public ModelCursor(List<Entry> entries) {
        this.entries = entries;
    }

    public boolean first() {
        at = 0;
        return isValid();
    }

    public boolean last() {
        at = entries.size() - 1;
        return isValid();
    }

    public boolean seek(Key key) {
        for (at = 0; at < entries.size(); at++) {
            if (entries.get(at).key().compareTo(key) >= 0) {
                return true;
            }
        }
        return false;
    }

    public boolean next() {
        at = Math.min(at + 1, entries.size());
        return isValid();
    }

    public boolean prev() {
        at = Math.max(at - 1, -1);
        return isValid();
    }

    public boolean isValid() {
        return at >= 0 && at < entries.size();
    }

    public Entry entry() {
        return entries.get(at);
    }
}
