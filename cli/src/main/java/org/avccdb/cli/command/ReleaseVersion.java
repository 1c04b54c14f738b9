package org.avccdb.cli.command;

import picocli.CommandLine.IVersionProvider;

/** The version that the jar carries. */
final class ReleaseVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        final String version = getClass().getPackage().getImplementationVersion();
        return new String[] {"avccdb " + (version == null ? "(not packaged)" : version)};
    }
}
