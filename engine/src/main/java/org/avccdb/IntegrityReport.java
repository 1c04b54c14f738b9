package org.avccdb;

import java.util.List;

/**
 * What a check of all files has found. Immutable.
 *
 * @param problems what is wrong, file by file; empty where nothing is
 * @param tables how many tables were read
 * @param journals how many journal segments were read
 * @param records how many records were in them
 * @param bytesRead bytes of tables and manifest, and of what journals have beyond the tables
 */
public record IntegrityReport(List<String> problems, int tables, int journals, long records, long bytesRead) {
    /**
     * Made by the database.
     *
     * @param problems what is wrong, file by file; empty where nothing is
     * @param tables how many tables were read
     * @param journals how many journal segments were read
     * @param records how many records were in them
     * @param bytesRead bytes of tables and manifest, and of what journals have beyond the tables
     */
    public IntegrityReport {
        problems = List.copyOf(problems);
    }

    /**
     * Whether everything is as it must be.
     *
     * @return true if there are no problems
     */
    public boolean isClean() {
        return problems.isEmpty();
    }

    /** The report as lines for people. */
    @Override
    public String toString() {
        final String read = tables + " tables, " + journals + " journal segments, " + records + " records, " + bytesRead
                + " bytes read: ";
        return isClean() ? read + "no problem" : read + problems.size() + " problems\n" + String.join("\n", problems);
    }
}
