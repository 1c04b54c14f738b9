package org.avccdb.engine.read;

/** What reads see: the database as it is, as a snapshot has it, or with what a transaction adds. Any thread may call it. */
@FunctionalInterface
public interface ReadSource {
    /**
     * The view to read, and through {@link Place#sees} the highest sequence number to read of it. Whoever lets go of the view
     * later does so through {@link Views#retire}, after this has stopped answering with it.
     *
     * @param place where the caller is inside
     * @return a view that stays until the caller leaves the place
     */
    ReadView view(Place place);
}
