package org.avccdb.model;

import java.util.Arrays;
import org.avccdb.VersionedValue;

/** A live record. */
public record Entry(Key key, VersionedValue content) {
    public byte[] value() {
        return content.value();
    }

    public long version() {
        return content.version();
    }

    public long sequence() {
        return content.sequence();
    }

    public boolean holds(byte[] key, byte[] value, long version, long sequence) {
        return Arrays.equals(this.key.bytes(), key)
                && Arrays.equals(value(), value)
                && version() == version
                && sequence() == sequence;
    }

    @Override
    public String toString() {
        return key + "@" + version() + " #" + sequence() + " (" + value().length + " bytes)";
    }
}
