package org.avccdb;

/** A file does not hold what it must hold. */
public class CorruptionException extends AvccDbException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final long offset;

    /**
     * Made by the database.
     *
     * @param file the file's name
     * @param offset where in it, or -1 where that cannot be said
     * @param what what is wrong there
     */
    public CorruptionException(final String file, final long offset, final String what) {
        super(file + (offset < 0 ? "" : ", offset " + offset) + ": " + what);
        this.file = file;
        this.offset = offset;
    }

    /**
     * The damaged file.
     *
     * @return its name
     */
    public String file() {
        return file;
    }

    /**
     * Where the damage is.
     *
     * @return the offset in the file, or -1 where that cannot be said
     */
    public long offset() {
        return offset;
    }
}
